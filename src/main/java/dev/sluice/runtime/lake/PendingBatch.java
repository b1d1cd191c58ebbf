package dev.sluice.runtime.lake;

import dev.sluice.spi.SourceRecord;

/**
 * A buffer for the records of one microbatch, in bounded memory. Used from one thread; whoever
 * begins it closes it.
 */
public interface PendingBatch extends AutoCloseable {

  void write(SourceRecord record);

  /** Drops all but the first records; none is written after that. */
  void keep(long records);

  /** Ends the microbatch, and returns its bytes as the lake stores them until it is closed. */
  Payload complete();

  /** Drops the buffer. */
  @Override
  void close();
}
