package dev.sluice.functions;

import dev.sluice.functions.event.Nudge;
import dev.sluice.runtime.report.InvocationReport;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The outcome of all nudges of one pipeline.
 *
 * @param report of the run; empty when there was none
 * @param failures of the nudges that are not done
 */
record PipelineOutcome(Optional<InvocationReport> report, List<NudgeFailure> failures) {

  PipelineOutcome {
    failures = List.copyOf(failures);
  }

  static PipelineOutcome notRun(NudgeFailure failure) {
    return new PipelineOutcome(Optional.empty(), List.of(failure));
  }

  /** Returns the outcome of a pipeline that is not run, because the process cannot continue. */
  static PipelineOutcome skipped(Set<Nudge> nudges) {
    return notRun(NudgeFailure.reported(nudges, "The process could not go on"));
  }

  PipelineOutcome with(List<NudgeFailure> others) {
    return new PipelineOutcome(report, Stream.concat(others.stream(), failures.stream()).toList());
  }

  /** Tells whether the process can continue; see {@link InvocationReport#leavesProcessUsable}. */
  boolean leavesProcessUsable() {
    return report.map(InvocationReport::leavesProcessUsable).orElse(true);
  }
}
