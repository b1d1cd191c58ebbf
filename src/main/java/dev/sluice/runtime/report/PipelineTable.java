package dev.sluice.runtime.report;

import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.util.Optional;

/**
 * A table of a pipeline: what is read, its name in the lake, and what the pipeline overrides of the
 * connector.
 */
public record PipelineTable(
    Table table, String as, Optional<PrimaryKey> primaryKey, Optional<String> sequenceBy) {

  public TableMetadata override(TableMetadata metadata) {
    var keyed = primaryKey.map(metadata::withPrimaryKey).orElse(metadata);
    return sequenceBy.map(keyed::withCursorField).orElse(keyed);
  }
}
