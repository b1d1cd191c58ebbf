package dev.sluice.aws;

import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.MonotonicClock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Counts the attempts at one conditional write. S3 refuses one with a conflict (409) when another
 * is under way, without saying how that one ends: another attempt soon after finds out.
 */
final class S3Attempts {
  private static final int MOST = 6;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);

  private final String action;
  private final String target;
  private int failed;

  S3Attempts(String action, String target) {
    this.action = action;
    this.target = target;
  }

  /**
   * Returns what is there after an attempt has failed; empty when it makes sense to try again.
   *
   * @throws OutcomeUnknownException when the write may have happened, and cannot be seen
   */
  <T> Optional<T> lookAfter(SdkException failure, Supplier<Optional<T>> look) {
    boolean unknown = mayHaveHappened(failure);
    if (!unknown && !isContended(failure)) {
      throw AwsFailures.of(action, target, failure);
    }
    Optional<T> there = unknown ? lookOrElse(failure, look) : look.get();
    if (there.isEmpty()) {
      if (unknown) {
        throw AwsFailures.unknown(action, target, failure);
      }
      pause(failure);
    }
    return there;
  }

  private static boolean mayHaveHappened(SdkException failure) {
    // No upload is left when it is complete, or when the bucket's lifecycle has removed it.
    return AwsFailures.mayHaveHappened(failure) || failure instanceof NoSuchUploadException;
  }

  private <T> Optional<T> lookOrElse(SdkException failure, Supplier<Optional<T>> look) {
    try {
      return look.get();
    } catch (ConnectorException e) {
      var unknown = AwsFailures.unknown(action, target, failure);
      unknown.addSuppressed(e);
      throw unknown;
    }
  }

  /**
   * Tells whether S3 refused the write. If nothing is there all the same, it was removed, or the
   * other writer gave up.
   */
  private static boolean isContended(SdkException failure) {
    return AwsFailures.isConflict(failure) || AwsFailures.isRefusedByCondition(failure);
  }

  private void pause(SdkException failure) {
    failed++;
    if (failed == MOST) {
      throw AwsFailures.of(action, target, failure);
    }
    // The pauses add up to less than a second, so no deadline is missed.
    try {
      MonotonicClock.system().sleep(FIRST_PAUSE.multipliedBy(1L << (failed - 1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever waits next notices it
    }
  }
}
