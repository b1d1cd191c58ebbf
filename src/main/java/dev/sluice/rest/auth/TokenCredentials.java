package dev.sluice.rest.auth;

import dev.sluice.rest.http.Credentials;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.http.TransportFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * The credentials that fetch an access token for the first request, and again shortly before it
 * expires.
 */
final class TokenCredentials implements Credentials {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Grant grant;
  private final Secrets secrets;
  private final InstantSource clock;
  private Instant freshUntil = Instant.MIN;
  private volatile Map<String, String> headers = Map.of();

  TokenCredentials(Grant grant, TransportFactory transports) {
    this.grant = grant;
    this.secrets = transports.secrets();
    this.clock = transports.context().clock();
  }

  @Override
  public synchronized void prepare() throws RetryableFailure, InterruptedException {
    Instant now = clock.instant();
    if (now.isBefore(freshUntil)) {
      return;
    }
    AccessToken token = grant.ask(now);
    secrets.add(token.value());
    headers = Map.of("Authorization", "Bearer " + token.value());
    freshUntil = token.lifetime().map(lifetime -> end(lifetime, now)).orElse(Instant.MAX);
  }

  /**
   * Returns an instant shortly before the token expires; half its lifetime when that is a minute at
   * most.
   */
  private static Instant end(Duration lifetime, Instant now) {
    var half = lifetime.dividedBy(2);
    return now.plus(lifetime.minus(half.compareTo(MARGIN) < 0 ? half : MARGIN));
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public synchronized boolean refresh() {
    freshUntil = Instant.MIN;
    return true;
  }

  @Override
  public void close() {
    grant.close();
  }
}
