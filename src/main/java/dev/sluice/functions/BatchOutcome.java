package dev.sluice.functions;

import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.event.NudgeMessage;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.spi.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The outcome of a batch of messages.
 *
 * @param reports of the pipelines that were run
 * @param results one for each message, in the order of the messages
 */
record BatchOutcome(List<InvocationReport> reports, List<Result> results) {

  BatchOutcome {
    reports = List.copyOf(reports);
    results = List.copyOf(results);
  }

  /**
   * The result of one message.
   *
   * @param failures empty when it is done: all of its tables have caught up or will be resumed
   */
  record Result(NudgeMessage message, List<NudgeFailure> failures) {

    Result {
      failures = List.copyOf(failures);
    }

    boolean isDone() {
      return failures.isEmpty();
    }

    /** Returns the first reason why it is not done. */
    Optional<String> reason() {
      return failures.stream().findFirst().map(NudgeFailure::reason);
    }
  }

  static BatchOutcome of(List<NudgeMessage> messages, List<PipelineOutcome> pipelines) {
    var failures = new HashMap<Nudge, List<NudgeFailure>>();
    for (PipelineOutcome pipeline : pipelines) {
      for (NudgeFailure failure : pipeline.failures()) {
        failure
            .nudges()
            .forEach(
                nudge -> failures.computeIfAbsent(nudge, key -> new ArrayList<>()).add(failure));
      }
    }
    return new BatchOutcome(
        pipelines.stream().flatMap(pipeline -> pipeline.report().stream()).toList(),
        messages.stream().map(message -> result(message, failures)).toList());
  }

  private static Result result(NudgeMessage message, Map<Nudge, List<NudgeFailure>> failures) {
    return new Result(
        message,
        switch (message.content()) {
          case NudgeMessage.Valid valid -> failures.getOrDefault(valid.nudge(), List.of());
          case NudgeMessage.Malformed malformed ->
              List.of(NudgeFailure.of(Set.of(), malformed.problem()));
        });
  }

  /**
   * Returns the outcome for a FIFO queue: the messages after a failed one in its group must not be
   * removed from the queue before it, and so are not done either.
   */
  BatchOutcome inGroupOrder() {
    var failedGroups = new HashSet<String>();
    var ordered = new ArrayList<Result>();
    for (Result result : results) {
      boolean follows = result.message().group().filter(failedGroups::contains).isPresent();
      if (!result.isDone()) {
        result.message().group().ifPresent(failedGroups::add);
      }
      ordered.add(follows && result.isDone() ? afterFailed(result.message()) : result);
    }
    return new BatchOutcome(reports, ordered);
  }

  private static Result afterFailed(NudgeMessage message) {
    String reason = "An earlier message of its group was returned";
    return new Result(message, List.of(NudgeFailure.reported(Set.of(), reason)));
  }

  /** Returns the results of the messages that are not done. */
  List<Result> failed() {
    return results.stream().filter(result -> !result.isDone()).toList();
  }

  /** Returns what went wrong apart from the tables, each problem once. */
  List<ConnectorException> problems() {
    return results.stream()
        .flatMap(result -> result.failures().stream())
        .flatMap(failure -> failure.problem().stream())
        .distinct()
        .toList();
  }
}
