package dev.sluice.aws;

import dev.sluice.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The time that calls to a service may take in an invocation, with all that the SDK does to repeat
 * them: until its deadline, and a call that begins later until shortly after it, so that the lease
 * can be given back. May be used from any thread.
 */
final class CallTimeLimit {
  private static final Duration LATE = Duration.ofMillis(500);
  private static final Duration EXTENSION = Duration.ofMillis(1500);

  private final Deadline deadline;
  private final Deadline extended;

  CallTimeLimit(Deadline deadline, InstantSource clock) {
    this.deadline = deadline;
    this.extended = Deadline.at(deadline.end().plus(EXTENSION), clock);
  }

  private Duration left() {
    return deadline.allows(LATE) ? deadline.remaining() : extended.remaining();
  }

  /**
   * Makes a call.
   *
   * @throws SdkClientException when there is no response in time; what was sent may have happened
   */
  <T> T call(Supplier<T> call) {
    Duration left = left();
    if (left.isZero()) {
      throw overdue();
    }
    var task = new FutureTask<>(call::get);
    // Unlike in other threads, an interrupt ends whatever a virtual one waits for.
    Thread.ofVirtual().start(task);
    try {
      return task.get(left.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw overdue();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw SdkClientException.create("the run was told to stop before there was a response", e);
    } catch (ExecutionException e) {
      throw thrown(e);
    }
  }

  private static SdkClientException overdue() {
    return SdkClientException.create("there was no response before the time of the run was over");
  }

  private static RuntimeException thrown(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException unchecked -> unchecked;
      case Error error -> throw error;
      case null, default ->
          new IllegalStateException("A supplier throws no checked exceptions", failure);
    };
  }
}
