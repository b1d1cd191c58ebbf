package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import io.smallrye.faulttolerance.api.Guard;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Ends a call that takes too long, from the connection to the last byte of the response, or that
 * would continue past the deadline.
 */
final class TimeLimited implements Transport {
  private final ConnectorContext context;
  private final Duration timeout;
  private final Secrets secrets;
  private final Transport next;
  private final Guard guard;

  TimeLimited(ConnectorContext context, Duration timeout, Secrets secrets, Transport next) {
    this.context = context;
    this.timeout = timeout;
    this.secrets = secrets;
    this.next = next;
    this.guard = limit(timeout);
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    Duration left = context.deadline().remaining();
    if (left.isZero()) {
      throw ConnectorException.transientFailure("No time is left for a request to the source");
    }
    boolean whole = timeout.compareTo(left) <= 0;
    context.listener().requestSent();
    try {
      return (whole ? guard : limit(left)).call(() -> next.send(call), Answer.class);
    } catch (TimeoutException e) {
      throw late(secrets, call, whole ? timeout : left.truncatedTo(ChronoUnit.MILLIS));
    } catch (ConnectorException | RetryableFailure | InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("A call ends in an answer or a failure", e);
    }
  }

  static RetryableFailure late(Secrets secrets, Call call, Duration limit) {
    return RetryableFailure.perhapsTooMuch(
        "%s: no complete answer within %s s"
            .formatted(
                secrets.mask(call.place()),
                BigDecimal.valueOf(limit.toMillis(), 3).setScale(1, RoundingMode.HALF_UP)));
  }

  private static Guard limit(Duration time) {
    return Guard.create()
        .withTimeout()
        .duration(Math.max(1, time.toMillis()), ChronoUnit.MILLIS)
        .done()
        .build();
  }

  @Override
  public void close() {
    next.close();
  }
}
