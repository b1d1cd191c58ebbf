package dev.sluice.rest.http;

import java.time.Duration;

/**
 * The number of attempts and the pauses between them, where the source does not name a pause
 * itself.
 *
 * @param attempts in all, the first one included
 * @param firstPause before the second attempt; doubles with each further one, plus or minus a fifth
 */
public record RetryPolicy(int attempts, Duration firstPause) {
  public RetryPolicy {
    if (attempts < 1 || firstPause.isNegative()) {
      throw new IllegalArgumentException(
          "At least one attempt and no negative pause: %d, %s".formatted(attempts, firstPause));
    }
  }
}
