package dev.sluice.connectors.hubspot;

import dev.sluice.rest.http.PauseAdvice;
import dev.sluice.rest.http.RateBudget;
import dev.sluice.spi.Options;
import java.time.Duration;
import java.util.Optional;

/** HubSpot's limits: the ones that we keep to, and the pauses that a 429 asks for. */
final class HubSpotLimits implements PauseAdvice {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  /** The daily limit ends at midnight, in a time zone that only the account knows. */
  private static final Duration UNTIL_ANOTHER_DAY = Duration.ofHours(1);

  static RateBudget all(Options options) {
    return RateBudget.of(options.get(HubSpotProvider.REQUESTS), TEN_SECONDS);
  }

  static RateBudget searches(Options options) {
    return RateBudget.of(options.get(HubSpotProvider.SEARCHES), Duration.ofSeconds(1))
        .only(request -> request.path().endsWith("/search"));
  }

  @Override
  public Optional<Duration> pause(Refusal refusal) {
    if (refusal.status() != 429) {
      return Optional.empty();
    }
    if (refusal.text().contains("\"DAILY\"")) {
      return Optional.of(UNTIL_ANOTHER_DAY);
    }
    if (refusal.text().contains("\"SECONDLY\"")) {
      return Optional.of(Duration.ofSeconds(1));
    }
    return refusal
        .header("X-HubSpot-RateLimit-Interval-Milliseconds")
        .filter(text -> text.matches("[1-9][0-9]{0,8}"))
        .map(text -> Duration.ofMillis(Long.parseLong(text)))
        .or(
            () ->
                refusal.text().contains("\"TEN_SECONDLY_ROLLING\"")
                    ? Optional.of(TEN_SECONDS)
                    : Optional.empty());
  }
}
