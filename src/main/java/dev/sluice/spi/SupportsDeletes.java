package dev.sluice.spi;

/** A connector that can tell which records are gone; needed for {@code cdc_with_deletes} tables. */
public interface SupportsDeletes extends SourceConnector {

  /**
   * Emits the tombstones that follow {@code start}: at least the primary keys and the cursor field.
   * Otherwise as {@link SourceConnector#readTable}, with an offset of its own.
   */
  Offset readTableDeletes(Table table, Offset start, RecordEmitter out);
}
