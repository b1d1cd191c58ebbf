package dev.sluice.connectors.github.table;

import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;

/** A table of GitHub: its description, and how it is read. It keeps no data of an invocation. */
public interface GitHubTable {

  TableSpec spec();

  /** Reads the table like {@link dev.sluice.spi.SourceConnector#readTable}. */
  Offset read(GitHub gitHub, Table table, Offset start, RecordEmitter out);

  /** Returns the same as {@link dev.sluice.spi.DetectsUnchanged#isUnchanged}. */
  default boolean isUnchanged(GitHub gitHub, Table table, Offset complete) {
    return false;
  }
}
