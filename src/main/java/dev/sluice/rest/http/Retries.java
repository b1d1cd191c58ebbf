package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import io.smallrye.faulttolerance.api.Guard;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Repeats what fails: after the pause that the source asks for, else after a growing one, as often
 * as the policy says, and never past the deadline. May be used from any thread.
 */
public final class Retries {

  /** One attempt. */
  @FunctionalInterface
  public interface Attempt<T> {
    T make() throws RetryableFailure, InterruptedException;
  }

  /** Carries the pause to the guard, which sleeps and repeats. */
  private static final class Pending extends Exception {
    private final Duration pause;

    Pending(Duration pause, RetryableFailure cause) {
      super(cause);
      this.pause = pause;
    }
  }

  private final RetryPolicy policy;
  private final ConnectorContext context;
  private final SplittableRandom random;
  private final Guard guard;

  public Retries(RetryPolicy policy, ConnectorContext context) {
    this.policy = policy;
    this.context = context;
    Instant seed = context.startedAt();
    this.random = new SplittableRandom(seed.getEpochSecond() * 1_000_000_000 + seed.getNano());
    this.guard =
        Guard.create()
            .withRetry()
            .maxRetries(policy.attempts() - 1)
            .maxDuration(0, ChronoUnit.MILLIS) // the deadline is asked instead
            .whenException(Pending.class::isInstance)
            .withCustomBackoff()
            .strategy(() -> cause -> cause instanceof Pending p ? ceilMillis(p.pause) : 0)
            .done()
            .done()
            .build();
  }

  public <T> T call(Class<T> type, Attempt<T> attempt) {
    var made = new int[1];
    try {
      return guard.call(
          () -> {
            made[0]++;
            try {
              return attempt.make();
            } catch (RetryableFailure e) {
              throw next(e, made[0]);
            }
          },
          type);
    } catch (ConnectorException e) {
      throw e;
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (Exception e) {
      throw new IllegalStateException("An attempt ends in an answer or a failure", e);
    }
  }

  /** The thread was asked to stop; what it read so far is whole. */
  static ConnectorException interrupted() {
    Thread.currentThread().interrupt();
    return ConnectorException.transientFailure("Interrupted while waiting for the source");
  }

  private Exception next(RetryableFailure failure, int attempts) {
    if (attempts >= policy.attempts()) {
      return failure.exhausted(attempts == 1 ? "not repeated" : "after " + attempts + " attempts");
    }
    Instant now = context.clock().instant();
    Optional<Duration> asked = failure.resumeAt().map(at -> Duration.between(now, at));
    Duration pause = asked.filter(d -> !d.isNegative()).orElseGet(() -> backoff(attempts));
    if (!context.deadline().allows(pause)) {
      return failure.exhausted("the time left does not allow to wait for another attempt");
    }
    context.listener().retryPending(failure.reason(), pause);
    return new Pending(pause, failure);
  }

  /** The policy's pause, doubled with each attempt, give or take a fifth. */
  private Duration backoff(int attempts) {
    int permille;
    synchronized (random) {
      permille = random.nextInt(800, 1201);
    }
    Duration doubled = policy.firstPause().multipliedBy(1L << Math.min(attempts - 1, 16));
    return doubled.multipliedBy(permille).dividedBy(1000);
  }

  private static long ceilMillis(Duration pause) {
    return pause.plusNanos(999_999).toMillis();
  }
}
