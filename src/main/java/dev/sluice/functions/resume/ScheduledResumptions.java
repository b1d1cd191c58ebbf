package dev.sluice.functions.resume;

import dev.sluice.aws.OneTimeSchedules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import software.amazon.awssdk.services.scheduler.SchedulerClient;

/**
 * A service that resumes runs by schedules, each of which invokes the function once.
 *
 * <p>A schedule's name says what is resumed and when, in steps of {@link #STEP}: two runs that ask
 * for the same at the same time create one schedule. The name does not say how often it was
 * resumed. A schedule that has just fired keeps its name for a while, and a new one of the same
 * name would never fire.
 */
record ScheduledResumptions(
    SchedulerClient client,
    OneTimeSchedules schedules,
    InstantSource clock,
    Function<Resumption, String> input)
    implements Resumptions {

  private static final Duration STEP = Duration.ofSeconds(10);

  /** The shortest wait: Amazon refuses schedules in the past, and a request takes time. */
  private static final Duration LEAST_WAIT = Duration.ofSeconds(5);

  @Override
  public void request(Resumption resumption) {
    Instant at = at(resumption.at());
    schedules.createIfAbsent(
        ScheduleName.of(resumption.pipeline(), resumption.tables(), at),
        at,
        input.apply(resumption));
  }

  private Instant at(Instant wanted) {
    Instant soonest = clock.instant().plus(LEAST_WAIT);
    Instant at = wanted.isBefore(soonest) ? soonest : wanted;
    long step = STEP.toSeconds();
    return Instant.ofEpochSecond(Math.ceilDiv(at.getEpochSecond() + 1, step) * step);
  }

  @Override
  public void close() {
    client.close();
  }
}
