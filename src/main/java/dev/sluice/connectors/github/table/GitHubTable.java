package dev.sluice.connectors.github.table;

import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;

/** A table of GitHub: what it is, and how it is read. It holds nothing of an invocation. */
public interface GitHubTable {

  TableSpec spec();

  /** As {@link dev.sluice.spi.SourceConnector#readTable}. */
  Offset read(GitHub gitHub, Table table, Offset start, RecordEmitter out);

  /** As {@link dev.sluice.spi.DetectsUnchanged#isUnchanged}. */
  default boolean isUnchanged(GitHub gitHub, Table table, Offset complete) {
    return false;
  }
}
