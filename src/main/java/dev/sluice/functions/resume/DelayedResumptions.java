package dev.sluice.functions.resume;

import dev.sluice.aws.NudgeQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A service that resumes runs by messages that a queue delays, for 15 minutes at most. A message
 * that comes before its time is sent again.
 */
record DelayedResumptions(SqsClient client, NudgeQueue queue, InstantSource clock)
    implements Resumptions {

  @Override
  public void request(Resumption resumption) {
    var wait = Duration.between(clock.instant(), resumption.at());
    boolean later = wait.isPositive();
    Optional<Instant> notBefore = later ? Optional.of(resumption.at()) : Optional.empty();
    for (String table : resumption.tables()) {
      queue.sendLater(
          resumption.nudge(table, notBefore).json(), later ? delay(wait) : Duration.ZERO);
    }
  }

  /** Returns the delay, rounded up, so that the message does not come before its time. */
  private static Duration delay(Duration wait) {
    return wait.compareTo(NudgeQueue.LONGEST_DELAY) >= 0
        ? NudgeQueue.LONGEST_DELAY
        : Duration.ofSeconds(wait.plusSeconds(1).minusNanos(1).toSeconds());
  }

  @Override
  public void close() {
    client.close();
  }
}
