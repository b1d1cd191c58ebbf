package dev.sluice.runtime;

import dev.sluice.lake.Compression;
import dev.sluice.lake.JsonLines;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A lake and its checkpoints in a folder, and runs that fill it. */
public final class Site {
  static final String PIPELINE = "books";
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  final ObjectStore store;
  final CheckpointStore checkpoints;
  private final OffsetObjects offsets;
  Instant now = NOW;
  Compression compression = Compression.NONE;
  Duration time = Duration.ofHours(1);
  Cancellation cancellation = new Cancellation();
  SyncListener listener = SyncListener.NONE;
  private final AtomicInteger runs;

  public Site(Path root) {
    this(new LocalObjectStore(root), root.resolve(".sluice"));
  }

  private Site(ObjectStore store, Path checkpoints) {
    this(store, new OffsetObjects(store), checkpoints);
  }

  private Site(ObjectStore store, OffsetObjects offsets, Path checkpoints) {
    this(
        store,
        offsets,
        new LocalCheckpointStore(checkpoints, offsets, InstantSource.system()),
        new AtomicInteger());
  }

  public Site(ObjectStore store, CheckpointStore checkpoints) {
    this(store, checkpoints, new AtomicInteger());
  }

  private Site(ObjectStore store, CheckpointStore checkpoints, AtomicInteger runs) {
    this(store, new OffsetObjects(store), checkpoints, runs);
  }

  private Site(
      ObjectStore store, OffsetObjects offsets, CheckpointStore checkpoints, AtomicInteger runs) {
    this.store = store;
    this.offsets = offsets;
    this.checkpoints = checkpoints;
    this.runs = runs;
  }

  /** The same folder, seen by a process that will be killed. */
  Site with(Kill kill) {
    return new Site(
        new KillableStores.Objects(store, kill),
        new KillableStores.Checkpoints(checkpoints, kill),
        runs);
  }

  /** The same lake and checkpoints, used by another pipeline file. */
  Site with(Compression other) {
    var site = new Site(store, checkpoints, runs);
    site.compression = other;
    return site;
  }

  /** The same lake with other checkpoints. */
  Site with(CheckpointStore others) {
    return new Site(store, others, runs);
  }

  Lake lake() {
    return new ObjectStoreLake(store, offsets, new JsonLines(compression));
  }

  public TableState state() {
    return new TableState(lake(), checkpoints);
  }

  PipelineSync sync(ConnectorProvider provider) {
    var context =
        new ConnectorContext(
            Options.NONE,
            now,
            Deadline.at(now.plus(time), () -> now),
            () -> now,
            RequestListener.NONE);
    return new PipelineSync(
        PIPELINE,
        provider,
        context,
        lake(),
        checkpoints,
        listener,
        cancellation,
        "run-" + runs.incrementAndGet());
  }

  public static PipelineTable table(String name, String... options) {
    var given = Options.NONE;
    for (int i = 0; i < options.length; i += 2) {
      given = given.with(options[i], options[i + 1]);
    }
    return new PipelineTable(
        Table.named(name).with(given), name, Optional.empty(), Optional.empty());
  }

  public TableReport run(ConnectorProvider provider, PipelineTable table) {
    return sync(provider).run(List.of(table)).tables().getFirst();
  }

  TableReport runWithoutLease(ConnectorProvider provider, PipelineTable table) {
    return sync(provider).withoutLease().run(List.of(table)).tables().getFirst();
  }

  public static Destination destination(String table) {
    return new Destination(PIPELINE, table);
  }

  Checkpoint checkpoint(String table) {
    return checkpoints.load(destination(table), Flow.DATA).orElseThrow();
  }

  int current(String table) {
    return lake().current(destination(table)).orElseThrow().generation();
  }

  /** What a reader finds who follows the pointer. */
  public List<String> published(String table) {
    return lines(table, Flow.DATA, current(table));
  }

  List<String> lines(String table, Flow flow, int generation) {
    var lines = new ArrayList<String>();
    for (String key : keys(table, flow, generation)) {
      try (InputStream in = store.read(key)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        Arrays.stream(text.split("\n", -1)).filter(line -> !line.isEmpty()).forEach(lines::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  List<String> keys(String table, Flow flow, int generation) {
    return store.list("%s/%s/%s/g=%06d/".formatted(PIPELINE, table, flow.folder(), generation));
  }

  List<Integer> generations(String table) {
    return lake().log(destination(table), Flow.DATA).generations();
  }
}
