package dev.sluice.runtime;

import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.util.Optional;

/** Collects what a connector emits between two offsets, and says when it is enough. */
final class Microbatch implements RecordEmitter {

  /** The limits that end a microbatch. */
  record Limits(long records, long bytes, Budget budget) {
    /** The limit on the records' own JSON, before compression. */
    private static final long MOST_BYTES = 256L << 20;

    static Limits of(Options options, Budget budget) {
      long records =
          options.find(BatchOptions.MAX_RECORDS).map(Integer::longValue).orElse(Long.MAX_VALUE);
      return new Limits(records, MOST_BYTES, budget);
    }
  }

  /** Is told the number of records so far, and the last place to which there is a mark. */
  @FunctionalInterface
  interface Progress {
    void reading(long records, Optional<Offset> mark);
  }

  /** A place to which the microbatch can be cut. */
  private record Mark(Offset reached, long records, Optional<SnapshotDigest> content) {}

  /** Ends a read that was told to stop and does not come to its end in time. */
  static final class Overdue extends RuntimeException {
    Overdue() {
      super("The read goes on although its time is over", null, false, false);
    }
  }

  private final PendingBatch spool;
  private final Limits limits;
  private final Progress progress;
  private long records;
  private long bytes;
  private Optional<SnapshotDigest> content;
  private Optional<RuntimeException> broken = Optional.empty();
  private Optional<Mark> mark = Optional.empty();

  /** The time that was left when the connector was told to stop because the budget is spent. */
  private Optional<Duration> leftWhenStopped = Optional.empty();

  /**
   * Begins an empty one.
   *
   * @param content what came before it, when the content of the table is counted
   * @param progress is told between pages how far it is
   */
  Microbatch(
      PendingBatch spool, Limits limits, Optional<SnapshotDigest> content, Progress progress) {
    this.spool = spool;
    this.limits = limits;
    this.content = content;
    this.progress = progress;
  }

  @Override
  public void emit(SourceRecord record) {
    try {
      spool.write(record);
    } catch (RuntimeException e) {
      broken = Optional.of(e);
      throw e;
    }
    records++;
    bytes += record.size();
    content = content.map(before -> before.plus(SnapshotDigest.of(record)));
  }

  @Override
  public boolean wantsMore() {
    progress.reading(records, mark.map(Mark::reached));
    if (limits.budget().isSpent()) {
      stop();
      return false;
    }
    return records < limits.records() && bytes < limits.bytes();
  }

  private void stop() {
    if (leftWhenStopped.isEmpty()) {
      leftWhenStopped = Optional.of(limits.budget().deadline().remaining());
    } else if (limits.budget().isOverdue(leftWhenStopped.get(), mark.isPresent())) {
      throw new Overdue();
    }
  }

  @Override
  public void mark(Offset reached) {
    mark = Optional.of(new Mark(reached, records, content));
  }

  /**
   * Drops what was emitted after the last mark.
   *
   * @return the offset of the mark; empty when there is none, or the buffer is not whole
   */
  Optional<Offset> cut() {
    Optional<Mark> end = mark.filter(at -> broken.isEmpty());
    end.filter(at -> at.records() < records).ifPresent(at -> spool.keep(at.records()));
    records = end.map(Mark::records).orElse(records);
    content = end.map(Mark::content).orElse(content);
    return end.map(Mark::reached);
  }

  /** Tells whether the connector was told to stop because the budget is spent. */
  boolean isOutOfTime() {
    return leftWhenStopped.isPresent();
  }

  long records() {
    return records;
  }

  Optional<SnapshotDigest> content() {
    return content;
  }

  /** Throws again what {@link #emit} threw, in case the connector has swallowed it. */
  void requireWhole() {
    broken.ifPresent(
        failure -> {
          throw failure;
        });
  }

  /** Returns the buffer with what was emitted. */
  PendingBatch spool() {
    return spool;
  }
}
