package dev.sluice.functions.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.report.TableReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The log of one run of a pipeline: a line for each event, and a table's metrics when it is done.
 * It holds no offsets, which may be made of records' values.
 */
public final class InvocationLog implements SyncListener {
  private final LogLines lines;
  private final TableMetrics metrics;
  private final InstantSource clock;
  private final Optional<PlatformInvocation> invocation;
  private final String pipeline;
  private final String runId;
  private volatile Optional<String> table = Optional.empty();
  private long batches;

  /**
   * Begins the log on the thread of the invocation, which knows the platform's request.
   *
   * @param variables the environment of the process
   */
  public InvocationLog(
      LogLines lines,
      Map<String, String> variables,
      InstantSource clock,
      String pipeline,
      String runId) {
    this.lines = lines;
    this.metrics = TableMetrics.of(variables);
    this.clock = clock;
    this.invocation = PlatformInvocation.current();
    this.pipeline = pipeline;
    this.runId = runId;
  }

  public String runId() {
    return runId;
  }

  /**
   * Runs the pipeline and writes how that ended.
   *
   * @param tables that fail when it throws
   */
  public InvocationReport run(List<PipelineTable> tables, Supplier<InvocationReport> sync) {
    try {
      var report = sync.get();
      finished(report);
      return report;
    } catch (RuntimeException e) {
      // The queue gets a response even so: without these metrics, no alarm would tell.
      failedToStart(tables, e);
      throw e;
    }
  }

  /** Writes what ended the run before it could report. */
  void failed(String message, Throwable failure) {
    write(LogLevel.ERROR, message, line -> LogLines.error(line, failure));
  }

  @Override
  public void tableStarted(PipelineTable started) {
    table = Optional.of(started.as());
    batches = 0;
    write(LogLevel.INFO, "Table started", line -> line.put("source_table", started.table().name()));
  }

  @Override
  public void progressed(Progress progress) {
    // Progress is reported between pages, too; once for each commit is enough.
    if (!lines.writes(LogLevel.DEBUG) || progress.batches() == batches) {
      return;
    }
    batches = progress.batches();
    write(
        LogLevel.DEBUG,
        "Microbatch committed",
        line -> {
          line.put("flow", progress.flow().folder())
              .put("records", progress.records())
              .put("batches", progress.batches())
              .put("budget_left_seconds", progress.budgetLeft().toSeconds());
          progress.lag().ifPresent(lag -> line.put("lag_seconds", lag.toSeconds()));
        });
  }

  @Override
  public void waiting(String reason, Duration pause) {
    write(
        LogLevel.INFO,
        "Waiting",
        line -> line.put("reason", LogLines.shorten(reason)).put("pause_ms", pause.toMillis()));
  }

  @Override
  public void warning(String message) {
    write(LogLevel.WARN, message, line -> {});
  }

  @Override
  public void tableFinished(TableReport report) {
    write(
        report.outcome() == Outcome.FAILED ? LogLevel.ERROR : LogLevel.INFO,
        "Table finished",
        line -> numbers(line, report));
    // Not at the end of the run, because the platform may end it before.
    print(metrics.of(pipeline, runId, report, clock.instant()));
    table = Optional.empty();
  }

  private static void numbers(ObjectNode line, TableReport report) {
    line.put("source_table", report.table())
        .put("outcome", report.outcome().name())
        .put("records", report.records())
        .put("deletes", report.deletes())
        .put("bytes", report.bytes())
        .put("batches", report.batches())
        .put("requests", report.requests())
        .put("retries", report.retries())
        .put("generation", report.after().generation())
        .put("sequence", report.after().sequence())
        .put("duration_ms", report.duration().toMillis());
    report.timeliness().put(line);
    report.resumeAt().ifPresent(instant -> line.put("resume_at", instant.toString()));
    report
        .error()
        .ifPresent(
            error ->
                line.putObject("error")
                    .put("name", error.kind().name())
                    .put("message", LogLines.shorten(error.message())));
  }

  /** Writes the sums of a run that is over. */
  void finished(InvocationReport report) {
    var tables = report.tables();
    write(
        LogLevel.INFO,
        "Run finished",
        line -> {
          line.put("tables", tables.size())
              .put("records", tables.stream().mapToLong(TableReport::records).sum())
              .put("deletes", tables.stream().mapToLong(TableReport::deletes).sum());
          var outcomes = line.putObject("outcomes");
          for (Outcome outcome : Outcome.values()) {
            long count = tables.stream().filter(one -> one.outcome() == outcome).count();
            if (count > 0) {
              outcomes.put(outcome.name(), count);
            }
          }
        });
  }

  /** Writes and counts a run that could not begin: all of its tables have failed. */
  private void failedToStart(List<PipelineTable> tables, RuntimeException failure) {
    failed("Run failed to start", failure);
    for (PipelineTable one : tables) {
      print(metrics.failed(pipeline, one.as(), clock.instant()).put("run_id", runId));
    }
  }

  /** Writes and counts that a table was resumed as often as allowed, and is not done. */
  public void resumeLimitReached(String as, int resumptions) {
    write(
        LogLevel.WARN,
        "Resume limit reached",
        line -> line.put("table", as).put("resumptions", resumptions));
    print(metrics.resumeLimitReached(pipeline, as, clock.instant()).put("run_id", runId));
  }

  private void print(ObjectNode document) {
    invocation.ifPresent(known -> document.put("function_request_id", known.requestId()));
    lines.print(document);
  }

  private void write(LogLevel level, String message, Consumer<ObjectNode> fields) {
    lines.write(
        level,
        message,
        invocation,
        line -> {
          line.put("pipeline", pipeline).put("run_id", runId);
          table.ifPresent(name -> line.put("table", name));
          fields.accept(line);
        });
  }
}
