package dev.sluice.rest;

import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Walks one page ahead of its reader: the next page is fetched and split while the current one is
 * being written. Closing it gives up the page under way.
 */
final class Ahead implements AutoCloseable {

  /** What the walking thread hands over: rows, the end, or what went wrong. */
  private sealed interface Step {
    record Rows(List<Row> rows) implements Step {}

    record End() implements Step {}

    record Failure(Throwable cause) implements Step {}
  }

  private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(1);
  private final Thread walker;

  Ahead(Walk walk) {
    walker = Thread.ofPlatform().daemon().name("sluice-read-ahead").start(() -> run(walk));
  }

  private void run(Walk walk) {
    try {
      Step step;
      do {
        step = step(walk);
        steps.put(step);
      } while (step instanceof Step.Rows);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed: nobody waits for the page any more
    }
  }

  private static Step step(Walk walk) {
    try {
      Optional<List<Row>> rows = walk.next();
      return rows.isPresent() ? new Step.Rows(rows.get()) : new Step.End();
    } catch (Throwable e) {
      return new Step.Failure(e);
    }
  }

  /** The rows of the next page; empty at the end. */
  Optional<List<Row>> next() {
    Step step;
    try {
      step = steps.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ConnectorException.transientFailure("Interrupted while waiting for a page", e);
    }
    return switch (step) {
      case Step.Rows(List<Row> rows) -> Optional.of(rows);
      case Step.End() -> Optional.empty();
      case Step.Failure(ConnectorException cause) -> throw cause;
      case Step.Failure(Error cause) -> throw cause;
      case Step.Failure(Throwable cause) ->
          throw new IllegalStateException("A page could not be read", cause);
    };
  }

  @Override
  public void close() {
    walker.interrupt();
  }
}
