package dev.sluice.rest.http;

import dev.sluice.rest.url.BaseUrl;
import dev.sluice.spi.ConnectorException;

/**
 * Sends every call to the source's own origin, or refuses it before anything is sent for it, not
 * even a request for a token.
 */
public final class SameOrigin implements Exchange {
  private final BaseUrl base;
  private final Secrets secrets;
  private final Exchange next;

  public SameOrigin(BaseUrl base, Secrets secrets, Exchange next) {
    this.base = base;
    this.secrets = secrets;
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    String own =
        base.own(call.url())
            .orElseThrow(
                () ->
                    ConnectorException.protocol(
                        secrets.mask(
                            "Not asked, because it is not at %s: %s"
                                .formatted(base.origin(), call.url()))));
    return next.send(own.equals(call.url()) ? call : call.redirected(own));
  }
}
