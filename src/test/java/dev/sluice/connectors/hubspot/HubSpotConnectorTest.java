package dev.sluice.connectors.hubspot;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;

class HubSpotConnectorTest extends ConnectorContract {

  @Override
  protected ConnectorProvider connector() {
    return new HubSpotProvider();
  }

  @Override
  protected StandIn standIn() {
    return new HubSpotStandIn();
  }
}
