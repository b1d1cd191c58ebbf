package dev.sluice.connectors.github;

import dev.sluice.rest.http.PauseAdvice;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * GitHub's limits where they show in nothing but the message of a refusal, as the one on too much
 * at once does. GitHub's documentation then asks for a pause of a minute, and for longer pauses if
 * the refusals continue.
 */
final class SecondaryLimit implements PauseAdvice {
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final Pattern WORDS =
      Pattern.compile(
          "secondary rate limit|rate limit exceeded|abuse detection", Pattern.CASE_INSENSITIVE);

  private final AtomicInteger times = new AtomicInteger();

  @Override
  public Optional<Duration> pause(Refusal refusal) {
    boolean isLimit =
        (refusal.status() == 403 || refusal.status() == 429)
            && WORDS.matcher(refusal.text()).find();
    return isLimit
        ? Optional.of(PAUSE.multipliedBy(1L << Math.min(times.getAndIncrement(), MOST_DOUBLINGS)))
        : Optional.empty();
  }
}
