package dev.sluice.runtime.lake;

import dev.sluice.spi.Schema;
import dev.sluice.spi.TableMetadata;

/**
 * The schema and the metadata that a table had when it was last synced, as overridden by the
 * pipeline.
 */
public record TableDescription(Schema schema, TableMetadata metadata) {}
