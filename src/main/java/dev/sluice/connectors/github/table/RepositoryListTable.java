package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.PerParent;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.spi.Offset;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;

/**
 * A list of each repository, read as a whole. No repository is skipped: its rows would seem to be
 * deleted.
 *
 * @param key distinguishes the records of one repository
 */
record RepositoryListTable(TableSpec spec, PrimaryKey key) implements GitHubTable {

  RepositoryListTable(String name, String key) {
    this(
        TableSpecs.ofRepositories(
            name, TableMetadata.snapshot(TableSpecs.keyInRepository(key)), Snapshot.CONSISTENCY),
        PrimaryKey.of(key));
  }

  @Override
  public Offset read(GitHub gitHub, Table table, Offset start, RecordEmitter out) {
    return lists(gitHub, table).read(start, out);
  }

  @Override
  public boolean isUnchanged(GitHub gitHub, Table table, Offset complete) {
    return lists(gitHub, table)
        .isUnchanged(
            complete,
            (id, offset) -> snapshot(RepositoryTable.of(gitHub, table, id)).isUnchanged(offset));
  }

  private PerParent lists(GitHub gitHub, Table table) {
    return RepositoryTable.perRepository(
        gitHub,
        table,
        (id, start, out) -> {
          RepositoryRead read = RepositoryTable.of(gitHub, table, id);
          return snapshot(read).read(start, read.repository().naming(out));
        });
  }

  private Snapshot snapshot(RepositoryRead read) {
    return Lists.snapshot(read.api(), read.list(spec.name()), key).consistency(read.options());
  }
}
