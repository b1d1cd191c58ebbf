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

  /** A failure of a call in whose place a smaller one is answered: it asks for too much. */
  public static final class TooMuch extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooMuch(RetryableFailure failure) {
      super(failure.reason(), failure);
    }
  }

  /** How often a call fails before a smaller one is tried. */
  private static final int FAILURES_OF_TOO_MUCH = 2;

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
    return send(call, Optional.empty(), type, reader);
  }

  /**
   * As above, for a call that the source may fail because it asks for too much. When that may be
   * the reason of two failures, the attempts that are left ask for the least.
   *
   * @param least the call that asks for as little as possible; empty where there is none
   * @throws TooMuch when the source answers that one
   */
  public <T> T send(Call call, Optional<Call> least, Class<T> type, Reader<T> reader) {
    var failures = new Failures();
    try {
      return context
          .deadline()
          .await(
              () ->
                  guard.call(
                      () -> {
                        try {
                          if (least.isPresent()) {
                            mustNotBeTooMuch(failures, least.get());
                          }
                          return reader.read(next.send(call));
                        } catch (RetryableFailure e) {
                          throw failures.pendingOrExhausted(e);
                        }
                      },
                      type));
    } catch (ConnectorException | TooMuch e) {
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

  private void mustNotBeTooMuch(Failures failures, Call least)
      throws RetryableFailure, InterruptedException {
    Optional<RetryableFailure> suspicion = failures.ofTooMuch();
    if (suspicion.isPresent()) {
      next.send(least);
      throw new TooMuch(suspicion.get());
    }
  }

  /** The failures of one call. */
  private final class Failures {
    private int attempts;
    private int ofTooMuch;
    private Optional<RetryableFailure> first = Optional.empty();

    /** Returns the first failure when the call seems to ask for too much. */
    Optional<RetryableFailure> ofTooMuch() {
      int enough = Math.min(FAILURES_OF_TOO_MUCH, policy.attempts() - 1);
      return first.filter(failure -> ofTooMuch >= enough);
    }

    /** Returns the failure to report: of a smaller call, what the call itself has met. */
    private RetryableFailure reported(RetryableFailure last) {
      return last.mayAskTooMuch() ? first.orElse(last) : last;
    }

    Exception pendingOrExhausted(RetryableFailure failure) {
      if (failure.mayAskTooMuch()) {
        ofTooMuch++;
        first = first.or(() -> Optional.of(failure));
      }
      Instant now = context.clock().instant();
      Optional<Duration> asked =
          failure.resumeAt().map(at -> Duration.between(now, at)).filter(d -> !d.isNegative());
      boolean isAttempt = asked.filter(d -> d.compareTo(SHORTEST_WAIT) >= 0).isEmpty();
      if (policy.attempts() == 1) {
        return failure.exhausted("not repeated");
      }
      if (isAttempt && ++attempts == policy.attempts()) {
        return reported(failure).exhausted("after " + attempts + " attempts");
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
