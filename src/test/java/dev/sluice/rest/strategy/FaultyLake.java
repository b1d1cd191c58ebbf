package dev.sluice.rest.strategy;

import dev.sluice.lake.Compression;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.PipelineSync;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A lake in a folder, filled from a source that may fail, by a clock that stands still. */
public final class FaultyLake {
  private static final String PIPELINE = "faults";
  private static final Duration BUDGET = Duration.ofMinutes(10);

  private final LocalObjectStore store;
  private final LocalCheckpointStore checkpoints;
  private final ConnectorProvider provider;
  private int runs;

  public FaultyLake(Path root, ConnectorProvider provider) {
    this.store = new LocalObjectStore(root);
    this.checkpoints = new LocalCheckpointStore(root.resolve(".sluice"));
    this.provider = provider;
  }

  private Lake lake() {
    return new ObjectStoreLake(store, Compression.NONE);
  }

  public TableReport sync(String table) {
    InstantSource clock = InstantSource.fixed(FaultySource.NOW);
    var context =
        new ConnectorContext(
            Options.NONE,
            FaultySource.NOW,
            Deadline.after(BUDGET, clock),
            clock,
            RequestListener.NONE);
    runs++;
    var sync =
        new PipelineSync(
            PIPELINE,
            provider,
            context,
            lake(),
            checkpoints,
            SyncListener.NONE,
            new Cancellation(),
            "run-" + runs);
    var wanted =
        new PipelineTable(
            Table.named(table).with(Options.NONE.with("max_records_per_batch", "2")),
            table,
            Optional.empty(),
            Optional.empty());
    return sync.run(List.of(wanted)).tables().getFirst();
  }

  /** What a reader finds who follows the pointer. */
  public List<String> lines(String table) throws IOException {
    var generation = lake().current(new Destination(PIPELINE, table));
    if (generation.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>();
    String prefix = "%s/%s/data/g=%06d/".formatted(PIPELINE, table, generation.get().generation());
    for (String key : store.list(prefix)) {
      try (InputStream in = store.read(key)) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(lines::add);
      }
    }
    return lines;
  }
}
