package dev.sluice.rest.auth;

import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.Credentials;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.http.TransportFactory;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * The credentials that fetch an access token for the first request, and again shortly before it
 * expires or when it is refused. A source may need some seconds until all of it knows a new token:
 * until then the same one is sent again, since another one would be as new.
 */
final class TokenCredentials implements Credentials {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final Duration SPREAD = Duration.ofSeconds(10);
  private static final Duration REPLACED = Duration.ofMinutes(1);
  private static final int MOST_WAITS = 5;

  private final Grant grant;
  private final TransportFactory transports;
  private final Secrets secrets;
  private final InstantSource clock;
  private Instant freshUntil = Instant.MIN;
  private volatile Instant since = Instant.MIN;
  private Instant discarded = Instant.MIN;
  private volatile Map<String, String> headers = Map.of();

  TokenCredentials(Grant grant, TransportFactory transports) {
    this.grant = grant;
    this.transports = transports;
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
    since = now;
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
  public boolean recover(Answer refusal, int times) throws InterruptedException {
    var age = Duration.between(since, clock.instant());
    if (times < MOST_WAITS && age.compareTo(SPREAD) < 0 && grant.mayComeTooEarly(refusal)) {
      await(refusal, age);
      return true;
    }
    return refusal.status() == 401 && discard(clock.instant());
  }

  /** Discards the token, unless it has just replaced another one that was refused. */
  private synchronized boolean discard(Instant now) {
    if (now.isBefore(discarded.plus(REPLACED))) {
      return false;
    }
    discarded = now;
    freshUntil = Instant.MIN;
    return true;
  }

  /** Waits for the first pause of the policy, then for twice and four times as long. */
  private void await(Answer refusal, Duration age) throws InterruptedException {
    int factor = age.toSeconds() < 1 ? 1 : age.toSeconds() < 3 ? 2 : 4;
    Duration pause = transports.retry().firstPause().multipliedBy(factor);
    String reason =
        "%s: status %d for a new token, which may not be known everywhere yet"
            .formatted(secrets.mask(refusal.place()), refusal.status());
    var context = transports.context();
    if (!context.deadline().allows(pause)) {
      throw ConnectorException.transientFailure(reason + " (not enough time left to wait)");
    }
    context.listener().retryPending(reason, pause);
    MonotonicClock.system().sleep(pause);
  }

  @Override
  public void close() {
    grant.close();
  }
}
