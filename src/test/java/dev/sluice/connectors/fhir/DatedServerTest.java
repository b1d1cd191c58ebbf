package dev.sluice.connectors.fhir;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Options;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;

/** A type without columns of its own, on a server that dates its deletes, read window by window. */
class DatedServerTest extends ConnectorContract {

  @Override
  protected ConnectorProvider connector() {
    return new FhirProvider();
  }

  @Override
  protected StandIn standIn() {
    return FhirStandIn.start(
        ServerStyle.DATED, Options.NONE.with("window_seconds", "300"), "Basic");
  }
}
