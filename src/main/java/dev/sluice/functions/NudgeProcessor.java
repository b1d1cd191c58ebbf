package dev.sluice.functions;

import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.Pipelines;
import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.event.NudgeMessage;
import dev.sluice.functions.log.InvocationLog;
import dev.sluice.functions.resume.NotResumed;
import dev.sluice.functions.resume.ResumeTime;
import dev.sluice.functions.resume.Resumer;
import dev.sluice.functions.run.FailureText;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The sync of the tables that messages ask for: one run for each pipeline, with each table once. A
 * nudge is done when all of its tables have caught up or will be resumed.
 */
record NudgeProcessor(Deployment deployment, TimeLimit time, Resumer resumer) {

  /** Syncs the tables. What goes wrong is in the result of its message. */
  BatchOutcome process(List<NudgeMessage> messages) {
    var pipelines = new LinkedHashMap<String, Set<Nudge>>();
    for (NudgeMessage message : messages) {
      if (message.content() instanceof NudgeMessage.Valid(Nudge nudge)) {
        pipelines.computeIfAbsent(nudge.pipeline(), name -> new LinkedHashSet<>()).add(nudge);
      }
    }
    var outcomes = new ArrayList<PipelineOutcome>();
    pipelines.forEach(
        (name, nudges) -> {
          // A process that ran out of memory must not touch another pipeline.
          boolean usable = outcomes.stream().allMatch(PipelineOutcome::leavesProcessUsable);
          int runsLeft = pipelines.size() - outcomes.size();
          outcomes.add(usable ? process(name, nudges, runsLeft) : PipelineOutcome.skipped(nudges));
        });
    return BatchOutcome.of(messages, outcomes);
  }

  private PipelineOutcome process(String name, Set<Nudge> nudges, int runsLeft) {
    try {
      return process(Pipelines.of(deployment).find(name), nudges, runsLeft);
    } catch (RuntimeException e) {
      return PipelineOutcome.notRun(NudgeFailure.of(nudges, FunctionResult.problem(e)));
    }
  }

  private PipelineOutcome process(Pipeline pipeline, Set<Nudge> nudges, int runsLeft) {
    Instant now = deployment.clock().instant();
    var failures = new ArrayList<NudgeFailure>();
    var due = new ArrayList<PendingTableSync>();
    for (var table : PendingTableSync.select(pipeline, nudges, failures::add)) {
      // Where nothing delays messages any more, a sync is better early than never.
      if (resumer.postpones() && table.isEarly(now)) {
        resumer
            .postpone(table.postponed(pipeline.name(), now))
            .map(problem -> NudgeFailure.of(table.nudges(), problem))
            .ifPresent(failures::add);
      } else {
        due.add(table);
      }
    }
    return due.isEmpty()
        ? new PipelineOutcome(Optional.empty(), failures)
        : sync(pipeline, due, runsLeft).with(failures);
  }

  private PipelineOutcome sync(Pipeline pipeline, List<PendingTableSync> due, int runsLeft) {
    var log = deployment.invocationLog(pipeline.name());
    var tables = due.stream().map(PendingTableSync::configured).toList();
    var budget = time.budget(pipeline.timeBudget(), runsLeft);
    InvocationReport report;
    try {
      report =
          log.run(
              tables,
              () ->
                  PipelineContext.begin(
                          pipeline, budget, deployment.variables(), deployment.clock())
                      .sync(tables, log, deployment.cancellation(), log.runId()));
    } catch (RuntimeException e) {
      var nudges = new LinkedHashSet<Nudge>();
      due.forEach(table -> nudges.addAll(table.nudges()));
      return PipelineOutcome.notRun(NudgeFailure.of(nudges, FunctionResult.problem(e)));
    }
    return new PipelineOutcome(Optional.of(report), resume(due, report, log));
  }

  /** Resumes the tables that are not done; returns which nudges are neither done nor resumed. */
  private List<NudgeFailure> resume(
      List<PendingTableSync> due, InvocationReport report, InvocationLog log) {
    Instant now = deployment.clock().instant();
    var failures = new ArrayList<NudgeFailure>();
    for (int i = 0; i < due.size(); i++) {
      PendingTableSync table = due.get(i);
      TableReport end = report.tables().get(i);
      Optional<Instant> resumeAt = ResumeTime.from(end, now);
      if (end.outcome() == Outcome.FAILED
          || (resumeAt.isPresent() && !report.leavesProcessUsable())) {
        failures.add(NudgeFailure.reported(table.nudges(), FailureText.part(end)));
      } else {
        resumeAt
            .flatMap(at -> resumer.resume(table.resumed(report.pipeline(), at), log))
            .map(reason -> failure(table, end, reason))
            .ifPresent(failures::add);
      }
    }
    return failures;
  }

  private static NudgeFailure failure(
      PendingTableSync table, TableReport report, NotResumed reason) {
    return switch (reason) {
      case NotResumed.Off off -> NudgeFailure.reported(table.nudges(), FailureText.part(report));
      case NotResumed.LimitReached limit ->
          NudgeFailure.reported(
              table.nudges(),
              "%s: %s after %d resumptions, the most that SLUICE_RESUME_LIMIT allows"
                  .formatted(report.as(), report.outcome(), table.resume()));
      case NotResumed.Failed failed -> NudgeFailure.of(table.nudges(), failed.problem());
    };
  }
}
