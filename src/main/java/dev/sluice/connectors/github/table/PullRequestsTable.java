package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;

/** The pull requests of repositories. */
record PullRequestsTable(TableSpec spec) implements RepositoryTable {

  PullRequestsTable() {
    this(
        TableSpecs.ofRepositories(
            "pull_requests",
            TableMetadata.cdc(TableSpecs.ID, "updated_at"),
            TableOptions.STATE,
            TableOptions.START_DATE,
            TableOptions.LOOKBACK_SECONDS,
            Incremental.FUTURE_TOLERANCE_SECONDS));
  }

  @Override
  public Offset read(RepositoryRead read, Offset start, RecordEmitter out) {
    return read.newestFirst(read.pulls(Lists.perPage(read.options())))
        .read(read.from(), start, out);
  }
}
