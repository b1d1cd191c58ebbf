package dev.sluice.testkit;

import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.util.List;

/**
 * What one call of a connector delivered, as the runtime would commit it.
 *
 * @param marks the places on the way up to which it could have been committed
 */
record Batch(Offset end, List<SourceRecord> records, List<Mark> marks) {

  /** An offset, and how many records of the batch are before it. */
  record Mark(Offset reached, int records) {}

  Batch upTo(Mark mark) {
    return new Batch(mark.reached(), records.subList(0, mark.records()), List.of());
  }
}
