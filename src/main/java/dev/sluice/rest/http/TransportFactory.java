package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorContext;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** Opens the connections of one client, all under the same limits. */
public record TransportFactory(
    ConnectorContext context,
    Duration timeout,
    int maxBytes,
    Secrets secrets,
    RefusalClassifier patience) {

  public HttpTransport open(Origin origin, Supplier<Map<String, String>> headers) {
    return new HttpTransport(context, origin, timeout, maxBytes, secrets, headers);
  }
}
