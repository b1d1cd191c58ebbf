package dev.sluice.runtime;

import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceConnector.Reached;
import java.util.Optional;

/**
 * The connector of an invocation. When the source refuses its credentials and there are new ones by
 * now, a fresh connector replaces it, once.
 */
final class InvocationConnector implements AutoCloseable {
  private final ConnectorProvider provider;
  private final CredentialRenewal renewal;
  private final Invocation invocation;
  private ConnectorContext context;
  private SourceConnector connector;
  private boolean renewed;

  InvocationConnector(
      ConnectorProvider provider,
      ConnectorContext context,
      CredentialRenewal renewal,
      Invocation invocation) {
    this.provider = provider;
    this.renewal = renewal;
    this.invocation = invocation;
    this.context = context;
    this.connector = create(context);
  }

  /**
   * Creates a connector with a deadline of its own: a request to stop ends the time to read, but
   * not that to commit.
   */
  private SourceConnector create(ConnectorContext context) {
    var reading = Deadline.at(context.deadline().end(), context.clock());
    invocation.budget().cancellation().onRequest(reading::expire);
    return provider.create(context.with(invocation.requests()).with(reading));
  }

  TableReport sync(PipelineTable table) {
    TableReport report = run(table);
    return report.isAccessDenied() && !renewed && replace() ? run(table).after(report) : report;
  }

  private TableReport run(PipelineTable table) {
    return job(table)
        .sync(connector, new DeclaredTable(provider, context.options(), table.table()));
  }

  /** Reports a table that has no turn any more. */
  TableReport skip(PipelineTable table) {
    return job(table).report(Ending.of(Outcome.OUT_OF_TIME));
  }

  private TableSyncJob job(PipelineTable table) {
    return new TableSyncJob(invocation, table, offset -> reached(table, offset));
  }

  /** Asks how far an offset reaches; one that the connector cannot read reaches nowhere. */
  private Reached reached(PipelineTable table, Offset offset) {
    try {
      return connector.reached(table.table(), offset);
    } catch (ConnectorException e) {
      return Reached.UNKNOWN;
    }
  }

  private boolean replace() {
    renewed = true;
    try {
      Optional<ConnectorContext> other = renewal.renew();
      if (other.isEmpty() || invocation.budget().isSpent()) {
        return false;
      }
      SourceConnector fresh = create(other.get());
      close();
      context = other.get();
      connector = fresh;
      return true;
    } catch (RuntimeException e) {
      invocation.requests().warning("The credentials were not looked up again: " + e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (RuntimeException e) {
      invocation.requests().warning("The connector did not close: " + e);
    }
  }
}
