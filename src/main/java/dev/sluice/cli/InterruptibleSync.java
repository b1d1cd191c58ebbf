package dev.sluice.cli;

import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineRun;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.InvocationReport;
import dev.sluice.runtime.PipelineTable;
import java.time.Duration;
import java.util.List;

/** A run of a pipeline that shows its progress and stops at the next commit on Ctrl-C. */
final class InterruptibleSync {
  private InterruptibleSync() {}

  /** Syncs the tables and reports how that went. */
  @SuppressWarnings("try") // the handlers are installed while the run lasts; nobody calls them
  static InvocationReport run(
      Surroundings surroundings, Pipeline pipeline, List<PipelineTable> tables, Duration budget) {
    var cancellation = new Cancellation();
    var run = PipelineRun.begin(pipeline, budget, surroundings.variables(), surroundings.clock());
    try (var interrupts = Interrupts.stopping(cancellation, surroundings.terminal().err());
        var progress = Progressing.on(surroundings)) {
      return run.sync(tables, progress, cancellation, surroundings.runIds().get());
    }
  }
}
