package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.config.FunctionSettings.Resuming;
import dev.sluice.functions.event.SyncRequest;
import dev.sluice.functions.resume.ResumeTime;
import dev.sluice.functions.resume.Resumption;
import dev.sluice.functions.resume.Resumptions;
import dev.sluice.functions.run.FailureText;
import dev.sluice.functions.run.FunctionAnswers;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.FunctionRun;
import dev.sluice.functions.run.Problems;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.pipeline.Pipeline;
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

/** Syncs the tables of a scheduled run, and asks for it to be resumed when it is not done. */
final class ScheduledRun {
  private final Deployment deployment;
  private final FunctionSettings settings;
  private final TimeLimit time;
  private final Resumptions.Factory resumptions;

  ScheduledRun(Deployment deployment, FunctionSettings settings, TimeLimit time) {
    this.deployment = deployment;
    this.settings = settings;
    this.time = time;
    this.resumptions =
        Resumptions.of(settings, deployment, time, resumption -> resumption.request().json());
  }

  FunctionResult of(Pipeline pipeline, List<PipelineTable> tables, SyncRequest request) {
    int limit = settings.resumeLimit();
    var run = FunctionRun.of(deployment, pipeline, tables, time.budget(pipeline.timeBudget(), 1));
    var problems =
        run.report().leavesProcessUsable() && settings.resuming() != Resuming.OFF
            ? resume(run, request, limit)
            : List.<ConnectorException>of();
    return new FunctionResult(
        answer(run), List.of(run.report()), problems, FailureText.of(run.report(), problems));
  }

  static JsonNode answer(FunctionRun run) {
    return FunctionAnswers.of(run.report());
  }

  /** Says what could not be asked for. Progress is saved all the same. */
  private List<ConnectorException> resume(FunctionRun run, SyncRequest request, int limit) {
    var owed = owed(run.report().tables());
    if (owed.isEmpty() || deployment.cancellation().isRequested()) {
      return List.of();
    }
    if (request.resume() >= limit) {
      owed.values().stream()
          .flatMap(List::stream)
          .forEach(table -> run.log().resumeLimitReached(table, request.resume()));
      return List.of();
    }
    var problems = new ArrayList<ConnectorException>();
    try (var open = resumptions.open()) {
      owed.forEach(
          (at, tables) -> {
            try {
              open.request(
                  new Resumption(
                      request.pipeline(), tables, Optional.empty(), request.resume() + 1, at));
            } catch (RuntimeException e) {
              problems.add(Problems.notResumed(tables, e));
            }
          });
    }
    problems.forEach(problem -> run.log().warning(String.valueOf(problem.getMessage())));
    return problems;
  }

  /**
   * The tables by the instant at which they may go on; who had no turn comes first, so that one
   * large table does not keep the others waiting for ever. A busy table is left to its other run
   * and the next schedule: each that comes while a table is loaded for hours would add a chain of
   * resumptions of its own.
   */
  private Map<Instant, List<String>> owed(List<TableReport> tables) {
    Instant now = deployment.clock().instant();
    var owed = new TreeMap<Instant, List<String>>();
    tables.stream()
        .filter(table -> table.outcome() != Outcome.BUSY)
        .sorted(Comparator.comparing(table -> table.requests() > 0))
        .forEach(
            table ->
                ResumeTime.from(table, now)
                    .ifPresent(
                        at -> owed.computeIfAbsent(at, key -> new ArrayList<>()).add(table.as())));
    return owed;
  }
}
