package dev.sluice.connectors.example;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;

class ExampleConnectorTest extends ConnectorContract {

  @Override
  protected ConnectorProvider connector() {
    return new ExampleProvider();
  }

  @Override
  protected StandIn standIn() {
    return new ExampleStandIn();
  }
}
