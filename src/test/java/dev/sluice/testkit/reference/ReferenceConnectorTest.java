package dev.sluice.testkit.reference;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;

/** A sound connector passes. */
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
