package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Lease;
import java.time.Duration;
import java.time.Instant;

/**
 * A run's right to a table. It lasts a quarter of an hour at most, and the run renews it on the
 * way: a process that was killed early in a long budget does not keep the table until its end.
 */
final class TableLease {
  private static final Duration TERM = Duration.ofMinutes(15);

  private final Invocation invocation;
  private final Destination destination;
  private Instant renewal = Instant.MAX;

  TableLease(Invocation invocation, Destination destination) {
    this.invocation = invocation;
    this.destination = destination;
  }

  Lease acquire() {
    Instant now = invocation.now();
    Instant deadline = invocation.budget().deadline().end();
    Instant end = now.plus(TERM);
    boolean covered = !deadline.isAfter(end);
    Lease lease =
        invocation.checkpoints().acquire(destination, invocation.runId(), covered ? deadline : end);
    renewal = covered ? Instant.MAX : now.plus(TERM.dividedBy(2));
    return lease;
  }

  /** Renews the lease when half of it is over; called between pages and after commits. */
  void keep() {
    Instant now = invocation.now();
    if (now.isBefore(renewal)) {
      return;
    }
    renewal = now.plus(TERM.dividedBy(2));
    try {
      if (acquire() instanceof Lease.Taken taken) {
        invocation
            .requests()
            .warning(
                "The lease of %s went to run %s; both go on, and the lake has everything once"
                    .formatted(destination, taken.holder()));
        renewal = Instant.MAX;
      }
    } catch (RuntimeException e) {
      invocation
          .requests()
          .warning("The lease of %s was not renewed: %s".formatted(destination, e));
    }
  }

  void release() {
    try {
      invocation.checkpoints().release(destination, invocation.runId());
    } catch (RuntimeException e) {
      invocation
          .requests()
          .warning("The lease of %s was not given back: %s".formatted(destination, e));
    }
  }
}
