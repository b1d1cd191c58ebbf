package dev.sluice.functions;

import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.event.SyncRequest;
import dev.sluice.functions.log.InvocationLog;
import dev.sluice.functions.resume.NotResumed;
import dev.sluice.functions.resume.ResumeTime;
import dev.sluice.functions.resume.Resumer;
import dev.sluice.functions.resume.Resumption;
import dev.sluice.functions.run.FailureText;
import dev.sluice.functions.run.FunctionAnswers;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The sync of a pipeline's tables one after the other, which is resumed when it is not done. */
record SequentialSync(Deployment deployment, TimeLimit time, Resumer resumer) {

  FunctionResult run(Pipeline pipeline, List<PipelineTable> tables, SyncRequest request) {
    var log = deployment.invocationLog(pipeline.name());
    var budget = time.budget(pipeline.timeBudget(), 1);
    var report =
        log.run(
            tables,
            () ->
                PipelineContext.begin(pipeline, budget, deployment.variables(), deployment.clock())
                    .sync(tables, log, deployment.cancellation(), log.runId()));
    var problems =
        report.leavesProcessUsable() ? resume(report, request, log) : List.<ConnectorException>of();
    return new FunctionResult(
        FunctionAnswers.of(report), List.of(report), problems, FailureText.of(report, problems));
  }

  /**
   * Requests the resumptions and returns what could not be requested. Progress is saved in any
   * case.
   */
  private List<ConnectorException> resume(
      InvocationReport report, SyncRequest request, InvocationLog log) {
    var problems = new ArrayList<ConnectorException>();
    unfinished(report.tables())
        .forEach(
            (at, tables) -> {
              var resumption =
                  new Resumption(
                      request.pipeline(), tables, Optional.empty(), request.resume() + 1, at);
              if (resumer.resume(resumption, log).orElse(null)
                  instanceof NotResumed.Failed failed) {
                problems.add(failed.problem());
              }
            });
    return problems;
  }

  /**
   * Returns the tables by the instant at which they may continue. Those that had no turn come
   * first, so that one large table does not keep the others waiting for ever. A busy table is left
   * to its other run and the next schedule: while a table is loaded for hours, each schedule would
   * otherwise add a chain of resumptions of its own.
   */
  private Map<Instant, List<String>> unfinished(List<TableReport> tables) {
    Instant now = deployment.clock().instant();
    var unfinished = new TreeMap<Instant, List<String>>();
    tables.stream()
        .filter(table -> table.outcome() != Outcome.BUSY)
        .sorted(Comparator.comparing(table -> table.requests() > 0))
        .forEach(
            table ->
                ResumeTime.from(table, now)
                    .ifPresent(
                        at ->
                            unfinished
                                .computeIfAbsent(at, key -> new ArrayList<>())
                                .add(table.as())));
    return unfinished;
  }
}
