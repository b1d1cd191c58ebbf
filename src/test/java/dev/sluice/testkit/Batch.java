package dev.sluice.testkit;

import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.util.List;

/** What one call of a connector delivered, as the runtime would commit it. */
record Batch(Offset end, List<SourceRecord> records) {}
