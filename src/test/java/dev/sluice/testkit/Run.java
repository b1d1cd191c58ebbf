package dev.sluice.testkit;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.util.List;
import java.util.Optional;

/**
 * One invocation's read of a table: the batches that a runtime would have committed.
 *
 * @param end the offset of the last batch, or the one that the run began with
 * @param failure why it ended early
 */
record Run(List<Batch> batches, Offset end, int requests, Optional<ConnectorException> failure) {

  static Run of(Batch batch) {
    return new Run(List.of(batch), batch.end(), 0, Optional.empty());
  }

  List<SourceRecord> records() {
    return batches.stream().flatMap(batch -> batch.records().stream()).toList();
  }
}
