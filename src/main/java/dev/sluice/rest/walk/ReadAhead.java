package dev.sluice.rest.walk;

import dev.sluice.spi.ConnectorException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * Fetches and splits the next page on a second thread while the current page is written. Closing it
 * gives up the page that is being fetched.
 */
public final class ReadAhead<T> implements AutoCloseable {

  /** What the fetching thread hands over: a page, the end, or a failure. */
  private sealed interface Step<T> {
    record Next<T>(T page) implements Step<T> {}

    record End<T>() implements Step<T> {}

    record Failure<T>(Throwable cause) implements Step<T> {}
  }

  private final BlockingQueue<Step<T>> steps = new ArrayBlockingQueue<>(1);
  private final Thread walker;

  /** Fetches one page at a time, until there are no more. */
  public ReadAhead(Supplier<Optional<T>> walk) {
    walker = Thread.ofPlatform().daemon().name("sluice-read-ahead").start(() -> run(walk));
  }

  private void run(Supplier<Optional<T>> walk) {
    try {
      Step<T> step;
      do {
        step = step(walk);
        steps.put(step);
      } while (step instanceof Step.Next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody waits for the page any more
    }
  }

  private static <T> Step<T> step(Supplier<Optional<T>> walk) {
    try {
      Optional<T> page = walk.get();
      return page.isPresent() ? new Step.Next<>(page.get()) : new Step.End<>();
    } catch (Throwable e) {
      return new Step.Failure<>(e);
    }
  }

  /** Returns the next page; empty at the end. */
  public Optional<T> next() {
    Step<T> step;
    try {
      step = steps.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConnectorException.transientFailure("Interrupted while waiting for a page", e);
    }
    return switch (step) {
      case Step.Next<T>(T page) -> Optional.of(page);
      case Step.End<T>() -> Optional.empty();
      case Step.Failure<T>(ConnectorException cause) -> throw cause;
      case Step.Failure<T>(Error cause) -> throw cause;
      case Step.Failure<T>(Throwable cause) ->
          throw new IllegalStateException("A page could not be read", cause);
    };
  }

  @Override
  public void close() {
    walker.interrupt();
  }
}
