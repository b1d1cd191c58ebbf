package dev.sluice.connectors.github;

import dev.sluice.rest.http.PauseAdvice;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * GitHub's limit on too much at once, which may show in nothing but the message of a refusal.
 * GitHub's documentation then asks for a pause of a minute, and for longer pauses if the refusals
 * continue.
 */
final class SecondaryLimit implements PauseAdvice {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final AtomicInteger times = new AtomicInteger();

  @Override
  public Optional<Duration> pause(Refusal refusal) {
    boolean isLimit =
        (refusal.status() == 403 || refusal.status() == 429)
            && refusal.text().toLowerCase(Locale.ROOT).contains("secondary rate limit");
    return isLimit
        ? Optional.of(PAUSE.multipliedBy(1L << Math.min(times.getAndIncrement(), MOST_DOUBLINGS)))
        : Optional.empty();
  }
}
