package dev.sluice.runtime;

import dev.sluice.runtime.Invocation.Leasing;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.runtime.lake.TableDescription;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One table's part of an invocation: its lease, its one or two flows, its report. */
final class TableSyncJob {
  private final Invocation invocation;
  private final PipelineTable pipelineTable;
  private final Table table;
  private final Destination destination;
  private final TableLease lease;
  private final FlowStats data = new FlowStats();
  private final FlowStats deletes = new FlowStats();
  private final Instant begun;

  TableSyncJob(Invocation invocation, PipelineTable pipelineTable) {
    this.invocation = invocation;
    this.pipelineTable = pipelineTable;
    this.table = pipelineTable.table();
    this.destination = invocation.destination(pipelineTable);
    this.lease = new TableLease(invocation, destination);
    this.begun = invocation.clock().instant();
    invocation.requests().reset();
  }

  TableReport sync(SourceConnector connector) {
    if (invocation.leasing() == Leasing.OFF) {
      return report(syncFlows(connector));
    }
    try {
      return switch (lease.acquire()) {
        case Lease.Taken taken -> {
          data.found(taken.at().orElse(Checkpoint.START));
          yield report(busy(taken));
        }
        case Lease.Held held -> {
          FlowResult end = syncFlows(connector);
          lease.release();
          yield report(end);
        }
      };
    } catch (RuntimeException | Error failure) {
      return report(FlowResult.failed(failure));
    }
  }

  private FlowResult busy(Lease.Taken taken) {
    String message =
        "Table %s is held by run %s until %s".formatted(destination, taken.holder(), taken.until());
    return new FlowResult(
        Outcome.BUSY,
        Optional.of(taken.until()),
        Optional.of(new TableError(TableError.Kind.TRANSIENT, message)));
  }

  private FlowResult syncFlows(SourceConnector connector) {
    try {
      TableMetadata metadata = pipelineTable.override(connector.metadata(table));
      metadata.lackOfDeletes().ifPresent(this::requireNoDeletesSoFar);
      Schema schema = connector.schema(table);
      invocation.lake().describe(destination, new TableDescription(schema, metadata));
      FlowResult end = syncData(connector, metadata, schema);
      return metadata.type() == IngestionType.CDC_WITH_DELETES && end.outcome() == Outcome.CAUGHT_UP
          ? syncDeletes(connector)
          : end;
    } catch (RuntimeException | Error failure) {
      return FlowResult.failed(failure);
    }
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

  private FlowResult syncData(SourceConnector connector, TableMetadata metadata, Schema schema) {
    Generations generations =
        metadata.type() == IngestionType.SNAPSHOT
            ? new SnapshotGenerations(
                invocation.lake(),
                destination,
                table.options().get(BatchOptions.KEEP_GENERATIONS),
                ChangeProbe.of(connector, table, schema))
            : new GrowingGenerations(invocation.lake(), destination, Flow.DATA);
    return flow(
        (start, out) -> connector.readTable(table, start, out), Flow.DATA, generations, 0, data);
  }

  /** After the data, in the generation of the data. */
  private FlowResult syncDeletes(SourceConnector connector) {
    if (!(connector instanceof SupportsDeletes deleting)) {
      throw ConnectorException.protocol(
          "Table '%s' is cdc_with_deletes, but its connector cannot read deletes: it has to implement SupportsDeletes"
              .formatted(table.name()));
    }
    return flow(
        (start, out) -> deleting.readTableDeletes(table, start, out),
        Flow.DELETES,
        new GrowingGenerations(invocation.lake(), destination, Flow.DELETES),
        data.position().generation(),
        deletes);
  }

  private FlowResult flow(
      TableSync.Source source,
      Flow flow,
      Generations generations,
      int leastGeneration,
      FlowStats tally) {
    var budget = invocation.budget();
    var protocol =
        new CommitProtocol(
            destination,
            flow,
            invocation.lake(),
            invocation.checkpoints(),
            generations,
            invocation.runId(),
            leastGeneration,
            tally);
    var failures =
        new FailurePolicy(
            destination, flow, invocation.checkpoints(), tally, budget, invocation.listener());
    var progress =
        new ProgressReports(
            pipelineTable.as(),
            flow,
            tally,
            invocation.startedAt(),
            budget,
            lease::keep,
            invocation.listener());
    var limits = Microbatch.Limits.of(table.options(), budget);
    return new TableSync(source, protocol, limits, failures, progress).run();
  }

  /** The report of a table that ended so, or that this invocation did not sync. */
  TableReport report(FlowResult end) {
    // Of many tables that had no turn, one after the other would take as long as it takes.
    if (!data.isFound() && !invocation.budget().deadline().isPast()) {
      lookUpPosition();
    }
    return new TableReport(
        table.name(),
        pipelineTable.as(),
        end.outcome(),
        data.records(),
        deletes.records(),
        data.bytes() + deletes.bytes(),
        data.batches() + deletes.batches(),
        invocation.requests().requests(),
        invocation.requests().retries(),
        data.before(),
        data.position(),
        Duration.between(begun, invocation.clock().instant()),
        ProgressReports.lag(data.position().offset(), invocation.startedAt()),
        end.resumeAt(),
        end.error());
  }

  private void lookUpPosition() {
    try {
      invocation.checkpoints().load(destination, Flow.DATA).ifPresent(data::found);
    } catch (RuntimeException e) {
      invocation.listener().warning(TableError.of(e).message());
    }
  }
}
