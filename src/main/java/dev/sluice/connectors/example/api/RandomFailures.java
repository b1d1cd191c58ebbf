package dev.sluice.connectors.example.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The failures of an overloaded source: each request fails with the same probability, as too many
 * requests, internal error or unavailable. It may be used from any thread.
 */
final class RandomFailures {
  private static final List<ApiAnswer> KINDS =
      List.of(
          ApiAnswer.error(429, "Rate limit exceeded"),
          ApiAnswer.error(500, "Internal server error"),
          ApiAnswer.error(503, "Service unavailable"));

  private final RandomGenerator random;
  private final Duration longestRetryAfter;
  private double rate;

  RandomFailures(RandomGenerator random, double rate, Duration longestRetryAfter) {
    this.random = random;
    this.rate = rate;
    this.longestRetryAfter = longestRetryAfter;
  }

  synchronized void rate(double rate) {
    this.rate = rate;
  }

  /** Returns the failure that the next request gets in place of its response; usually empty. */
  synchronized Optional<ApiAnswer> next() {
    if (random.nextDouble() >= rate) {
      return Optional.empty();
    }
    ApiAnswer failure = KINDS.get(random.nextInt(KINDS.size()));
    return Optional.of(
        failure.status() != 500 && random.nextBoolean() ? patient(failure) : failure);
  }

  private ApiAnswer patient(ApiAnswer failure) {
    long seconds = random.nextLong(longestRetryAfter.toSeconds() + 1);
    return failure.with("Retry-After", Long.toString(seconds));
  }
}
