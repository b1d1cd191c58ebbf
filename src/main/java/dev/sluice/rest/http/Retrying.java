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
 * Repeats a call that fails, or whose response cannot be read. Waits as long as the source asks,
 * else longer each time. Stops after the attempts of the policy, and never waits past the deadline.
 * A refusal with a time to come back is no attempt: the deadline alone limits how often the source
 * may name one. May be used from any thread.
 */
public final class Retrying {

  /** Converts a response to a value, as a part of the attempt. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Answer answer) throws RetryableFailure;
  }

  /** An exception that tells the retry guard how long to sleep before it repeats the call. */
  private static final class Pending extends Exception {
    private final Duration pause;

    Pending(Duration pause, RetryableFailure cause) {
      super(cause);
      this.pause = pause;
    }
  }

  /** The shortest pause that is a time to come back; after a shorter one, attempts count. */
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(500);

  private final RetryPolicy policy;
  private final ConnectorContext context;
  private final Exchange next;
  private final SplittableRandom random;
  private final Guard guard;

  public Retrying(RetryPolicy policy, ConnectorContext context, Exchange next) {
    this.policy = policy;
    this.context = context;
    this.next = next;
    Instant seed = context.startedAt();
    this.random = new SplittableRandom(seed.getEpochSecond() * 1_000_000_000 + seed.getNano());
    this.guard =
        Guard.create()
            .withRetry()
            .maxRetries(-1) // the policy and the deadline decide instead
            .maxDuration(0, ChronoUnit.MILLIS)
            .whenException(Pending.class::isInstance)
            .withCustomBackoff()
            .strategy(() -> cause -> cause instanceof Pending p ? ceilMillis(p.pause) : 0)
            .done()
            .done()
            .build();
  }

  /**
   * Sends the call until its response can be read, and returns the value that the reader made of
   * it.
   */
  public <T> T send(Call call, Class<T> type, Reader<T> reader) {
    var failures = new Failures();
    try {
      return context
          .deadline()
          .await(
              () ->
                  guard.call(
                      () -> {
                        try {
                          return reader.read(next.send(call));
                        } catch (RetryableFailure e) {
                          throw failures.pendingOrExhausted(e);
                        }
                      },
                      type));
    } catch (ConnectorException e) {
      throw e;
    } catch (InterruptedException e) {
      if (!context.deadline().isPast()) {
        Thread.currentThread().interrupt(); // what was read so far is complete
      }
      throw ConnectorException.transientFailure("Interrupted while waiting for the source");
    } catch (Exception e) {
      throw new IllegalStateException("An attempt ends in an answer or a failure", e);
    }
  }

  /** The failures of one call. */
  private final class Failures {
    private int attempts;

    Exception pendingOrExhausted(RetryableFailure failure) {
      Instant now = context.clock().instant();
      Optional<Duration> asked =
          failure.resumeAt().map(at -> Duration.between(now, at)).filter(d -> !d.isNegative());
      boolean isAttempt = asked.filter(d -> d.compareTo(SHORTEST_WAIT) >= 0).isEmpty();
      if (policy.attempts() == 1) {
        return failure.exhausted("not repeated");
      }
      if (isAttempt && ++attempts == policy.attempts()) {
        return failure.exhausted("after " + attempts + " attempts");
      }
      Duration pause = asked.orElseGet(() -> backoff(attempts));
      if (!context.deadline().allows(pause)) {
        return failure.exhausted("not enough time left to wait for another attempt");
      }
      context.listener().retryPending(failure.reason(), pause);
      return new Pending(pause, failure);
    }
  }

  /** Returns the policy's pause, doubled with each attempt, plus or minus a fifth. */
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
