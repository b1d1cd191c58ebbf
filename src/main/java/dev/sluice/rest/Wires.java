package dev.sluice.rest;

import dev.sluice.spi.ConnectorContext;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Opens the connections of one client, all under the same limits. */
record Wires(
    ConnectorContext context, Duration timeout, int maxBytes, Secrets secrets, Patience patience) {

  Wire open(Origin origin, Supplier<Map<String, String>> headers) {
    return new Wire(context, origin, timeout, maxBytes, secrets, headers);
  }
}
