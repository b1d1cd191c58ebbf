package dev.sluice.testkit.reference;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A sound connector passes. */
@Execution(ExecutionMode.CONCURRENT)
class ReferenceConnectorTest extends ConnectorContract {

  @Override
  protected ConnectorProvider connector() {
    return new ReferenceProvider(Bug.NONE);
  }

  @Override
  protected StandIn standIn() {
    return new ReferenceStandIn();
  }
}
