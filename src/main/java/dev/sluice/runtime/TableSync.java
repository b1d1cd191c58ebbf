package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import java.util.Optional;

/**
 * Syncs one flow of one table, once.
 *
 * <p>This is the core of Sluice: load the checkpoint; read a microbatch, commit it, check the
 * budget; repeat until the offset stands still or the budget is spent.
 */
final class TableSync {

  /** Reads one flow with a connector. */
  interface Source {
    Offset read(Offset start, RecordEmitter out);
  }

  private final Source source;
  private final CommitProtocol protocol;
  private final Microbatch.Limits limits;
  private final FailurePolicy failures;
  private final ProgressReports progress;

  TableSync(
      Source source,
      CommitProtocol protocol,
      Microbatch.Limits limits,
      FailurePolicy failures,
      ProgressReports progress) {
    this.source = source;
    this.protocol = protocol;
    this.limits = limits;
    this.failures = failures;
    this.progress = progress;
  }

  FlowResult run() {
    Ending ending = end();
    return new FlowResult(protocol.stats(), ending);
  }

  private Ending end() {
    try {
      return Ending.of(sync());
    } catch (RuntimeException | Error failure) {
      return failures.end(failure, protocol.stats().position());
    }
  }

  private Outcome sync() {
    Checkpoint at = protocol.open();
    if (!limits.budget().isSpent() && protocol.isUnchanged(at)) {
      return caughtUp();
    }
    while (!limits.budget().isSpent()) {
      Optional<Checkpoint> next = readAndCommit(at);
      if (next.isEmpty()) {
        return caughtUp();
      }
      at = next.get();
      progress.committed(protocol.stats());
    }
    return Outcome.OUT_OF_TIME;
  }

  private Outcome caughtUp() {
    failures.forget(protocol.stats().position());
    return Outcome.CAUGHT_UP;
  }

  private void reportReading(long uncommitted, Optional<Offset> mark) {
    progress.reading(protocol.stats(), uncommitted, mark);
  }

  /** Reads one microbatch; empty when there is nothing more. */
  private Optional<Checkpoint> readAndCommit(Checkpoint at) {
    try (PendingBatch spool = protocol.begin(at)) {
      var batch = new Microbatch(spool, limits, protocol.content(), this::reportReading);
      Offset end;
      try {
        end = source.read(at.offset(), batch);
        batch.requireWhole();
      } catch (RuntimeException failure) {
        return Optional.of(commitMarked(at, batch, failure));
      }
      if (!end.equals(at.offset())) {
        return Optional.of(protocol.commit(at, batch, end));
      }
      // An offset that stands still ends the read, and what was emitted on the way is dropped;
      // unless the read was told to stop for want of time: that says nothing about the source.
      return batch.isOutOfTime() ? Optional.of(at) : protocol.complete(at);
    }
  }

  /**
   * Commits what a read marked before it failed. The next read meets the failure at its first
   * request, if it lasts; a source that asks to wait is not asked again.
   */
  private Checkpoint commitMarked(Checkpoint at, Microbatch batch, RuntimeException failure) {
    Optional<Offset> reached = batch.cut().filter(offset -> !offset.equals(at.offset()));
    if (reached.isEmpty() && failure instanceof Microbatch.Overdue) {
      return at;
    }
    Checkpoint next = protocol.commit(at, batch, reached.orElseThrow(() -> failure));
    if (failure instanceof ConnectorException e && e.resumeAt().isPresent()) {
      throw e;
    }
    return next;
  }
}
