package dev.sluice.runtime;

import dev.sluice.runtime.Invocation.Leasing;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.SourceConnector.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs one invocation: a fresh connector, and the tables of a pipeline one after the other, each
 * isolated. Used once, from one thread.
 */
public final class PipelineSync {
  private final ConnectorProvider provider;
  private final ConnectorContext context;
  private final CredentialRenewal renewal;
  private final Invocation invocation;

  public PipelineSync(
      String pipeline,
      ConnectorProvider provider,
      ConnectorContext context,
      Lake lake,
      CheckpointStore checkpoints,
      SyncListener listener,
      Cancellation cancellation,
      String runId) {
    this(
        provider,
        context,
        CredentialRenewal.NONE,
        new Invocation(
            pipeline,
            runId,
            new Invocation.Time(
                context.startedAt(), context.clock(), Budget.of(context, cancellation)),
            new Invocation.Stores(lake, checkpoints),
            Leasing.ON,
            listener,
            new RequestCounts(context.listener(), listener)));
  }

  private PipelineSync(
      ConnectorProvider provider,
      ConnectorContext context,
      CredentialRenewal renewal,
      Invocation invocation) {
    this.provider = provider;
    this.context = context;
    this.renewal = renewal;
    this.invocation = invocation;
  }

  /**
   * Adds a renewal: tables whose credentials are refused run once more with those that it finds.
   */
  public PipelineSync with(CredentialRenewal other) {
    return new PipelineSync(provider, context, other, invocation);
  }

  /** Turns the lease off, for tests which prove that correctness does not depend on it. */
  PipelineSync withoutLease() {
    return new PipelineSync(provider, context, renewal, invocation.with(Leasing.OFF));
  }

  /**
   * Syncs the tables. Never throws because of a table: what went wrong is in the report. See {@link
   * InvocationReport#leavesProcessUsable}.
   */
  public InvocationReport run(List<PipelineTable> tables) {
    return new InvocationReport(
        invocation.pipeline(), invocation.runId(), context.startedAt(), sync(tables));
  }

  private List<TableReport> sync(List<PipelineTable> tables) {
    InvocationConnector connector;
    try {
      connector = new InvocationConnector(provider, context, renewal, invocation);
    } catch (RuntimeException | Error failure) {
      return reports(
          tables,
          table -> unread(table, Ending.failed(failure)),
          table -> unread(table, Ending.of(Outcome.OUT_OF_TIME)));
    }
    try (connector) {
      return reports(tables, connector::sync, connector::skip);
    }
  }

  private TableReport unread(PipelineTable table, Ending ending) {
    return new TableSyncJob(invocation, table, offset -> Reached.UNKNOWN).report(ending);
  }

  private List<TableReport> reports(
      List<PipelineTable> tables,
      Function<PipelineTable, TableReport> sync,
      Function<PipelineTable, TableReport> skip) {
    var reports = new ArrayList<TableReport>();
    boolean usable = true;
    for (PipelineTable table : tables) {
      invocation.listener().tableStarted(table);
      // A process that ran out of memory must not touch another table.
      TableReport report =
          usable && !invocation.budget().isSpent() ? sync.apply(table) : skip.apply(table);
      usable = usable && !report.isFatal();
      invocation.listener().tableFinished(report);
      reports.add(report);
    }
    return reports;
  }
}
