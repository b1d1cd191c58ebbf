package dev.sluice.connectors.github;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class GitHubConnectorTest extends ConnectorContract {

  @Override
  protected ConnectorProvider connector() {
    return new GitHubProvider();
  }

  @Override
  protected StandIn standIn() {
    return new GitHubStandIn();
  }
}
