package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;

/** The comments on issues and pull requests. */
record CommentsTable(TableSpec spec) implements RepositoryTable {

  CommentsTable() {
    this(
        TableSpecs.ofRepositories(
            "comments",
            TableMetadata.cdc(TableSpecs.ID, "updated_at"),
            TableOptions.START_DATE,
            TableOptions.LOOKBACK_SECONDS,
            Incremental.FUTURE_TOLERANCE_SECONDS));
  }

  @Override
  public Offset read(RepositoryRead read, Offset start, RecordEmitter out) {
    return read.updated(read.list("issues/comments"), start, out);
  }
}
