package dev.sluice.connectors.fhir;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;

class FhirConnectorTest extends ConnectorContract {

  @Override
  protected ConnectorProvider connector() {
    return new FhirProvider();
  }

  @Override
  protected StandIn standIn() {
    return FhirStandIn.start(ServerStyle.HAPI, "Patient", "Observation");
  }
}
