package dev.sluice.runtime;

import dev.sluice.runtime.Invocation.Leasing;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.runtime.lake.TableDescription;
import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.TableCounts;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.runtime.report.Timeliness;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceConnector.Reached;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** Does one table's part of an invocation: its lease, its one or two flows, its report. */
final class TableSyncJob {

  /** The results of a table's flows; with deletes where they had their turn. */
  private record Flows(FlowResult data, Optional<FlowResult> deletes) {

    static Flows ofData(FlowResult data) {
      return new Flows(data, Optional.empty());
    }

    /** Returns the ending of what did not come to its end, the data before the deletes. */
    Ending ending() {
      boolean isOfData =
          switch (data.ending().outcome()) {
            case CAUGHT_UP -> false;
            case OUT_OF_TIME -> deletes.filter(flow -> !flow.isCaughtUp()).isEmpty();
            case RATE_LIMITED, BUSY, FAILED -> true;
          };
      return isOfData ? data.ending() : deletes.orElse(data).ending();
    }
  }

  private final Invocation invocation;
  private final PipelineTable pipelineTable;
  private final Table table;
  private final Destination destination;
  private final TableLease lease;
  private final Instant begun;
  private final Function<Offset, Reached> reached;

  /**
   * @param reached tells how far an offset reaches
   */
  TableSyncJob(
      Invocation invocation, PipelineTable pipelineTable, Function<Offset, Reached> reached) {
    this.reached = reached;
    this.invocation = invocation;
    this.pipelineTable = pipelineTable;
    this.table = pipelineTable.table();
    this.destination = invocation.destination(pipelineTable);
    this.lease = new TableLease(invocation, destination);
    this.begun = invocation.now();
    invocation.requests().reset();
  }

  TableReport sync(SourceConnector connector, DeclaredTable declared) {
    if (invocation.leasing() == Leasing.OFF) {
      return report(syncFlows(connector, declared));
    }
    try {
      return switch (lease.acquire()) {
        case Lease.Taken taken -> report(busy(taken));
        case Lease.Held() -> {
          Flows flows = syncFlows(connector, declared);
          lease.release();
          yield report(flows);
        }
      };
    } catch (RuntimeException | Error failure) {
      return report(Ending.failed(failure));
    }
  }

  private Flows busy(Lease.Taken taken) {
    String message =
        "Table %s is held by run %s until %s".formatted(destination, taken.holder(), taken.until());
    var ending =
        new Ending(
            Outcome.BUSY,
            Optional.of(taken.until()),
            Optional.of(new TableError(TableError.Kind.TRANSIENT, message)));
    var stats = FlowStats.NONE.foundAt(taken.at().orElse(Checkpoint.START));
    return Flows.ofData(new FlowResult(stats, ending));
  }

  /**
   * Syncs the data, and then the deletes when the table has some. Data that does not catch up for
   * long must not keep them back: they have a share of the time in every run.
   */
  private Flows syncFlows(SourceConnector connector, DeclaredTable declared) {
    FlowStats found = FlowStats.NONE;
    try {
      var context = new FlowContext(invocation, destination, Flow.DATA, declared.reading());
      Optional<Checkpoint> stored = context.loadCheckpoint();
      found = found.foundAt(stored.orElse(Checkpoint.START));
      // before the first request: what is saved may mean nothing to this reading
      stored.ifPresent(context::inReading);
      TableMetadata metadata = pipelineTable.override(connector.metadata(table));
      metadata.lackOfDeletes().ifPresent(this::requireNoDeletesSoFar);
      Schema schema = connector.schema(table);
      invocation.lake().describe(destination, new TableDescription(schema, metadata));
      boolean hasDeletes = metadata.type() == IngestionType.CDC_WITH_DELETES;
      FlowContext ofData = hasDeletes ? context.with(invocation.budget().beforeDeletes()) : context;
      FlowResult data = syncData(ofData, stored, connector, declared, metadata, schema);
      return hasDeletes && leavesDeletesATurn(data)
          ? new Flows(data, Optional.of(syncDeletes(context, connector, declared, data)))
          : Flows.ofData(data);
    } catch (RuntimeException | Error failure) {
      return Flows.ofData(new FlowResult(found, Ending.failed(failure)));
    }
  }

  private boolean leavesDeletesATurn(FlowResult data) {
    boolean hasTime = data.stats().found().isPresent() && !invocation.budget().isSpent();
    return switch (data.ending().outcome()) {
      case CAUGHT_UP -> true;
      case OUT_OF_TIME -> hasTime;
      case FAILED -> hasTime && data.ending().error().filter(TableError::isOfOneFlow).isPresent();
      case RATE_LIMITED, BUSY -> false;
    };
  }

  private void requireNoDeletesSoFar(String why) {
    boolean hasDeletes =
        invocation
            .checkpoints()
            .load(destination, Flow.DELETES)
            .filter(at -> at.sequence() > 0 || !at.offset().isStart())
            .isPresent();
    if (hasDeletes) {
      throw ConnectorException.configuration(
          "Table %s has read deletes, and cannot any more: %s".formatted(destination, why));
    }
  }

  private FlowResult syncData(
      FlowContext context,
      Optional<Checkpoint> stored,
      SourceConnector connector,
      DeclaredTable declared,
      TableMetadata metadata,
      Schema schema) {
    Generations generations =
        metadata.type() == IngestionType.SNAPSHOT
            ? new SnapshotGenerations(
                context,
                new SnapshotGenerations.Kept(
                    table.options().get(BatchOptions.KEEP_GENERATIONS),
                    table.options().get(BatchOptions.KEEP_GENERATIONS_FOR)),
                new ChangeProbe(context, connector, table, schema))
            : GrowingGenerations.ofData(context);
    return sync(
        context,
        generations,
        stored,
        declared,
        (start, out) -> connector.readTable(table, start, out));
  }

  /** Syncs the deletes after the data, in the generation of the data. */
  private FlowResult syncDeletes(
      FlowContext ofData, SourceConnector connector, DeclaredTable declared, FlowResult data) {
    if (!(connector instanceof SupportsDeletes deleting)) {
      return FlowResult.notBegun(
          Ending.failed(
              ConnectorException.protocol(
                  "Table '%s' is cdc_with_deletes, but its connector cannot read deletes: it has to implement SupportsDeletes"
                      .formatted(table.name()))));
    }
    var context = new FlowContext(invocation, destination, Flow.DELETES, ofData.reading());
    return sync(
        context,
        GrowingGenerations.ofDeletes(context, data.stats().position().generation()),
        context.loadCheckpoint(),
        declared,
        (start, out) -> deleting.readTableDeletes(table, start, out));
  }

  private FlowResult sync(
      FlowContext context,
      Generations generations,
      Optional<Checkpoint> stored,
      DeclaredTable declared,
      TableSync.Source source) {
    return new TableSync(
            source,
            new CommitProtocol(context, generations, stored),
            Microbatch.Limits.of(table.options(), context.budget()),
            new FailurePolicy(context, declared.pacingOptions()),
            new ProgressReports(context, reached, lease::keep))
        .run();
  }

  /** Returns the report of a table that ended before its data was looked at. */
  TableReport report(Ending ending) {
    return report(Flows.ofData(FlowResult.notBegun(ending)));
  }

  private TableReport report(Flows flows) {
    FlowStats data = lookedUp(flows.data().stats());
    return new TableReport(
        table.name(),
        pipelineTable.as(),
        flows.ending(),
        counts(data, flows.deletes().map(FlowResult::stats).orElse(FlowStats.NONE)),
        data.before(),
        data.position(),
        Duration.between(begun, invocation.now()),
        timeliness(flows, data),
        invocation.requests().warnings());
  }

  private Timeliness timeliness(Flows flows, FlowStats data) {
    Reached at = reached.apply(data.position().offset());
    Optional<Instant> upTo =
        flows.data().isCaughtUp() && flows.deletes().isPresent()
            ? reached.apply(flows.deletes().get().stats().position().offset()).upTo()
            : at.upTo();
    Optional<Duration> lag =
        switch (flows.ending().outcome()) {
          case CAUGHT_UP -> Optional.of(Duration.ZERO);
          case OUT_OF_TIME, RATE_LIMITED, FAILED -> upTo.map(this::age);
          case BUSY -> Optional.empty(); // the other run tells
        };
    return new Timeliness(lag, at.newest().map(this::age));
  }

  private Duration age(Instant then) {
    return Progress.since(then, invocation.startedAt());
  }

  private TableCounts counts(FlowStats data, FlowStats deletes) {
    return new TableCounts(
        data.records(),
        deletes.records(),
        data.bytes() + deletes.bytes(),
        data.batches() + deletes.batches(),
        invocation.requests().requests(),
        invocation.requests().retries());
  }

  private FlowStats lookedUp(FlowStats data) {
    // Past the deadline, look-ups for many tables that had no turn would take too long.
    if (data.found().isPresent() || invocation.budget().deadline().isPast()) {
      return data;
    }
    try {
      return invocation.checkpoints().load(destination, Flow.DATA).map(data::foundAt).orElse(data);
    } catch (RuntimeException e) {
      invocation.requests().warning(TableError.of(e).message());
      return data;
    }
  }
}
