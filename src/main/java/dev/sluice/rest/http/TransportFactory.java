package dev.sluice.rest.http;

import dev.sluice.rest.url.Origin;
import dev.sluice.spi.ConnectorContext;
import java.time.Duration;

/** A factory for the transports of one client, all under the same limits. */
public record TransportFactory(
    ConnectorContext context,
    Duration timeout,
    int maxBytes,
    Secrets secrets,
    RefusalClassifier classifier,
    RetryPolicy retry) {

  /** Returns a transport; opens no connection yet. */
  public Transport open(Origin origin) {
    return new TimeLimited(
        context,
        timeout,
        secrets,
        new QuarkusTransport(
            origin, timeout, maxBytes, HttpOptions.connection(context.options()), secrets));
  }
}
