package dev.sluice.rest.http;

import java.time.Duration;

/**
 * How often and when a failed request is repeated, where the source does not say so itself.
 *
 * @param attempts in all, the first one included
 * @param firstPause before the second attempt; doubles with each further one, give or take a fifth
 */
public record RetryPolicy(int attempts, Duration firstPause) {
  public RetryPolicy {
    if (attempts < 1 || firstPause.isNegative()) {
      throw new IllegalArgumentException(
          "At least one attempt and no negative pause: %d, %s".formatted(attempts, firstPause));
    }
  }
}
