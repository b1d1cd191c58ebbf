package dev.sluice.connectors.fhir;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;

/** A server that sorts, whose pages shift when something is written meanwhile. */
class NumberedServerTest extends ConnectorContract {

  @Override
  protected ConnectorProvider connector() {
    return new FhirProvider();
  }

  @Override
  protected StandIn standIn() {
    return FhirStandIn.start(ServerStyle.NUMBERED, "Patient");
  }
}
