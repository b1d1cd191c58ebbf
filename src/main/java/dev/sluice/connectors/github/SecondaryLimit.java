package dev.sluice.connectors.github;

import dev.sluice.rest.PauseAdvice;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * GitHub's limit on too much at once, which a refusal may tell by its message alone. Its
 * documentation asks for a pause of a minute then.
 */
final class SecondaryLimit implements PauseAdvice {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  @Override
  public Optional<Duration> pause(Refusal refusal) {
    boolean isLimit =
        (refusal.status() == 403 || refusal.status() == 429)
            && refusal.text().toLowerCase(Locale.ROOT).contains("secondary rate limit");
    return Optional.of(PAUSE).filter(pause -> isLimit);
  }
}
