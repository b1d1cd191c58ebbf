package dev.sluice.rest.http;

import dev.sluice.rest.url.Origin;
import dev.sluice.spi.ConnectorException;
import java.net.URI;

/**
 * Refuses a call to another origin before anything is sent for it, not even a request for a token.
 */
public final class SameOrigin implements Exchange {
  private final Origin origin;
  private final Secrets secrets;
  private final Exchange next;

  public SameOrigin(Origin origin, Secrets secrets, Exchange next) {
    this.origin = origin;
    this.secrets = secrets;
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    if (!Origin.of(URI.create(call.url())).equals(origin)) {
      throw ConnectorException.protocol(
          secrets.mask("Not asked, because it is not at %s: %s".formatted(origin, call.url())));
    }
    return next.send(call);
  }
}
