package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.SourceRecord;

/** A microbatch that is being spooled, in bounded memory. Used from one thread. */
public interface PendingBatch extends AutoCloseable {

  void write(SourceRecord record);

  /**
   * Commits the microbatch under its number, unless there is one with this number already.
   *
   * @return the microbatch that is there: this one, or the one that was faster
   * @throws OutcomeUnknownException when it cannot be told what is there
   */
  CommittedBatch commit(int generation, long sequence, BatchMetadata stamp);

  /** Drops the spool. */
  @Override
  void close();
}
