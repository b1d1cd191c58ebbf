package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;

/** The commits of a branch of each repository. */
record CommitsTable(TableSpec spec) implements RepositoryTable {

  CommitsTable() {
    this(
        TableSpecs.ofRepositories(
            "commits",
            TableMetadata.cdc(TableSpecs.keyInRepository("sha"), "commit.committer.date"),
            TableOptions.BRANCH,
            TableOptions.START_DATE,
            TableOptions.WINDOW_SECONDS,
            Incremental.FUTURE_TOLERANCE_SECONDS));
  }

  @Override
  public Offset read(RepositoryRead read, Offset start, RecordEmitter out) {
    read.options().find(TableOptions.WINDOW_SECONDS); // refuses what is no number
    return new Commits(read).read(start, out);
  }
}
