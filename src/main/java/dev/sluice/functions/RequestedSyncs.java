package dev.sluice.functions;

import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.config.FunctionSettings.Resuming;
import dev.sluice.functions.config.Pipelines;
import dev.sluice.functions.config.Selection;
import dev.sluice.functions.event.EventMessages.Asked;
import dev.sluice.functions.event.EventMessages.Content;
import dev.sluice.functions.event.EventMessages.Refused;
import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.resume.ResumeTime;
import dev.sluice.functions.resume.Resumption;
import dev.sluice.functions.resume.Resumptions;
import dev.sluice.functions.run.FailureText;
import dev.sluice.functions.run.FunctionRun;
import dev.sluice.functions.run.Problems;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The runs that a number of nudges make: one for each pipeline, with each table once. A nudge is
 * done when all of its tables have caught up or a resumption is under way for them. Used once.
 */
final class RequestedSyncs {
  private final Deployment deployment;
  private final Resuming resuming;
  private final int resumeLimit;
  private final TimeLimit time;
  private final Resumptions.Factory resumptions;
  private final List<InvocationReport> reports = new ArrayList<>();
  private final List<ConnectorException> problems = new ArrayList<>();
  private final Map<Integer, String> failures = new TreeMap<>();

  RequestedSyncs(Deployment deployment, TimeLimit time) {
    var settings = new FunctionSettings(deployment.variables());
    this.deployment = deployment;
    this.resuming = settings.resuming();
    this.resumeLimit = settings.resumeLimit();
    this.time = time;
    this.resumptions =
        Resumptions.of(
            settings,
            deployment,
            time,
            resumption ->
                resumption.nudge(resumption.tables().getFirst(), Optional.empty()).json());
  }

  List<InvocationReport> reports() {
    return reports;
  }

  /** What went wrong beside the tables. */
  List<ConnectorException> problems() {
    return problems;
  }

  /** Why nudges are not done, by their places. */
  Map<Integer, String> failures() {
    return failures;
  }

  boolean leaveProcessUsable() {
    return reports.stream().allMatch(InvocationReport::leavesProcessUsable);
  }

  /** What was refused already stays so. */
  void run(List<Content> contents) {
    var pipelines = new LinkedHashMap<String, Map<Integer, Nudge>>();
    for (int i = 0; i < contents.size(); i++) {
      switch (contents.get(i)) {
        case Refused refused -> fail(Set.of(i), refused.reason());
        case Asked asked ->
            pipelines
                .computeIfAbsent(asked.nudge().pipeline(), name -> new TreeMap<>())
                .put(i, asked.nudge());
      }
    }
    int left = pipelines.size();
    for (var nudges : pipelines.entrySet()) {
      // A process that ran out of memory must not touch another pipeline.
      if (leaveProcessUsable()) {
        run(nudges.getKey(), nudges.getValue(), left);
        left--;
      }
    }
  }

  private void run(String name, Map<Integer, Nudge> nudges, int runsLeft) {
    try {
      Pipeline pipeline = Pipelines.of(deployment).find(name);
      var wanted = wanted(pipeline, nudges);
      postpone(name, wanted);
      if (!wanted.isEmpty()) {
        run(pipeline, wanted, runsLeft);
      }
    } catch (RuntimeException e) {
      fail(nudges.keySet(), Problems.of(e));
    }
  }

  private Map<String, PendingTableSync> wanted(Pipeline pipeline, Map<Integer, Nudge> nudges) {
    var wanted = new LinkedHashMap<String, PendingTableSync>();
    nudges.forEach(
        (index, nudge) -> {
          try {
            for (var table : Selection.named(pipeline, nudge.table())) {
              wanted.merge(
                  table.as(),
                  PendingTableSync.of(pipeline, table, nudge, index),
                  PendingTableSync::and);
            }
          } catch (ConnectorException e) {
            fail(Set.of(index), e);
          }
        });
    return wanted;
  }

  /** Sends again what comes before its time, and takes it out: that costs next to nothing. */
  private void postpone(String pipeline, Map<String, PendingTableSync> wanted) {
    Instant now = deployment.clock().instant();
    var early = wanted.values().stream().filter(table -> table.isEarly(now)).toList();
    // Elsewhere nothing holds messages back any more, and it is better early than never.
    if (early.isEmpty() || resuming != Resuming.DELAYED) {
      return;
    }
    try (var open = resumptions.open()) {
      for (PendingTableSync table : early) {
        wanted.remove(table.table().as());
        request(
            open, table.resumption(pipeline, table.resume(), table.notBefore().orElse(now)), table);
      }
    }
  }

  private Optional<ConnectorException> request(
      Resumptions open, Resumption resumption, PendingTableSync table) {
    try {
      open.request(resumption);
      return Optional.empty();
    } catch (RuntimeException e) {
      var problem = Problems.notResumed(resumption.tables(), e);
      fail(table.nudges(), problem);
      return Optional.of(problem);
    }
  }

  private void run(Pipeline pipeline, Map<String, PendingTableSync> wanted, int runsLeft) {
    var tables = wanted.values().stream().map(PendingTableSync::configured).toList();
    var run =
        FunctionRun.of(deployment, pipeline, tables, time.budget(pipeline.timeBudget(), runsLeft));
    reports.add(run.report());
    if (!run.report().leavesProcessUsable()) {
      return;
    }
    Instant now = deployment.clock().instant();
    var owed = new LinkedHashMap<PendingTableSync, Instant>();
    int position = 0;
    for (PendingTableSync table : wanted.values()) {
      TableReport report = run.report().tables().get(position);
      position++;
      if (report.outcome() == Outcome.FAILED) {
        fail(table, FailureText.part(report));
      }
      ResumeTime.from(report, now)
          .filter(at -> isResumable(run, table, report))
          .ifPresent(at -> owed.put(table, at));
    }
    resume(run, owed);
  }

  /** A nudge whose table is not done and will not be resumed has to come back by itself. */
  private boolean isResumable(FunctionRun run, PendingTableSync table, TableReport report) {
    if (resuming == Resuming.OFF || deployment.cancellation().isRequested()) {
      fail(table, FailureText.part(report));
      return false;
    }
    if (table.resume() >= resumeLimit) {
      run.log().resumeLimitReached(report.as(), table.resume());
      fail(
          table,
          "%s: %s after %d resumptions, which is as many as SLUICE_RESUME_LIMIT allows"
              .formatted(report.as(), report.outcome(), table.resume()));
      return false;
    }
    return true;
  }

  private void resume(FunctionRun run, Map<PendingTableSync, Instant> owed) {
    if (owed.isEmpty()) {
      return;
    }
    try (var open = resumptions.open()) {
      owed.forEach(
          (table, at) ->
              request(
                      open,
                      table.resumption(run.report().pipeline(), table.resume() + 1, at),
                      table)
                  .ifPresent(problem -> run.log().warning(String.valueOf(problem.getMessage()))));
    }
  }

  /** What a table's report tells already is no other problem. */
  private void fail(PendingTableSync table, String reason) {
    table.nudges().forEach(index -> failures.putIfAbsent(index, reason));
  }

  private void fail(Set<Integer> nudges, ConnectorException problem) {
    problems.add(problem);
    nudges.forEach(index -> failures.putIfAbsent(index, String.valueOf(problem.getMessage())));
  }
}
