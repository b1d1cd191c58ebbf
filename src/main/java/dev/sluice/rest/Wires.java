package dev.sluice.rest;

import dev.sluice.spi.ConnectorContext;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Opens the connections of one client, all under the same limits. */
record Wires(
    ConnectorContext context, Duration timeout, int maxBytes, Secrets secrets, Patience patience) {

  Wire open(Origin origin, Supplier<Map<String, String>> headers) {
    return new Wire(context, origin, timeout, maxBytes, secrets, headers);
  }

  /** To an endpoint that has an origin of its own. */
  TokenRequests tokens(TokenEndpoint endpoint) {
    var headers = new TreeMap<>(endpoint.client().headers());
    headers.put("Accept", "application/json");
    return tokens(endpoint.url(), () -> headers);
  }

  /** As {@link #tokens(TokenEndpoint)}, with headers that are asked for every request. */
  TokenRequests tokens(URI endpoint, Supplier<Map<String, String>> headers) {
    Wire wire = open(Origin.configured(endpoint), headers);
    return new TokenRequests(endpoint, wire, secrets, patience);
  }
}
