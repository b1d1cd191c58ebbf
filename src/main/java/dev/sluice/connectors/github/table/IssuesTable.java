package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;

/** The issues of repositories; pull requests are issues, too. */
record IssuesTable(TableSpec spec) implements RepositoryTable {

  IssuesTable() {
    this(
        TableSpecs.ofRepositories(
            "issues",
            TableMetadata.cdc(TableSpecs.ID, "updated_at"),
            TableOptions.STATE,
            TableOptions.START_DATE,
            TableOptions.LOOKBACK_SECONDS,
            Incremental.FUTURE_TOLERANCE_SECONDS));
  }

  @Override
  public Offset read(RepositoryRead read, Offset start, RecordEmitter out) {
    return read.updated(read.list("issues").with("state", read.state()), start, out);
  }
}
