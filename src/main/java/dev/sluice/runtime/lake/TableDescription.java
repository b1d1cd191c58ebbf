package dev.sluice.runtime.lake;

import dev.sluice.spi.Schema;
import dev.sluice.spi.TableMetadata;

/** What a table looked like when it was last synced, with what the pipeline says otherwise. */
public record TableDescription(Schema schema, TableMetadata metadata) {}
