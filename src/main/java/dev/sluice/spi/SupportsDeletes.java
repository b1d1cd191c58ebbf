package dev.sluice.spi;

/** A connector that can tell which records are gone, as {@code cdc_with_deletes} tables need. */
public interface SupportsDeletes extends SourceConnector {

  /**
   * Emits the tombstones that follow {@code start}, with at least the primary keys and the cursor
   * field. Otherwise it works like {@link SourceConnector#readTable}, with an offset of its own.
   */
  Offset readTableDeletes(Table table, Offset start, RecordEmitter out);
}
