package dev.sluice.connectors.github.table;

import dev.sluice.rest.page.Listing;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;

/** A table that belongs to a user or an organization: one list, read as a whole. */
interface AccountTable extends GitHubTable {

  Listing listing(GitHub gitHub, Table table);

  /** Returns the record as the table has it. */
  default SourceRecord complete(SourceRecord record, Table table) {
    return record;
  }

  private Snapshot snapshot(GitHub gitHub, Table table) {
    return Lists.snapshot(gitHub.api(), listing(gitHub, table), TableSpecs.ID)
        .consistency(table.options());
  }

  @Override
  default Offset read(GitHub gitHub, Table table, Offset start, RecordEmitter out) {
    return snapshot(gitHub, table).read(start, out.changing(record -> complete(record, table)));
  }

  @Override
  default boolean isUnchanged(GitHub gitHub, Table table, Offset complete) {
    return snapshot(gitHub, table).isUnchanged(complete);
  }
}
