package dev.sluice.cli.terminal;

import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.PipelineTable;
import java.time.Duration;
import java.util.List;

/** A run of a pipeline that shows its progress and stops at the next commit on Ctrl-C. */
public final class InterruptibleSync {
  private InterruptibleSync() {}

  /** Syncs the tables and reports how that went. */
  @SuppressWarnings("try") // the handlers are installed while the run lasts; nobody calls them
  public static InvocationReport run(
      CliContext surroundings, Pipeline pipeline, List<PipelineTable> tables, Duration budget) {
    var cancellation = new Cancellation();
    var run =
        PipelineContext.begin(pipeline, budget, surroundings.variables(), surroundings.clock());
    try (var interrupts = Interrupts.stopping(cancellation, surroundings.terminal().err());
        var progress = ProgressDisplay.on(surroundings)) {
      return run.sync(tables, progress, cancellation, surroundings.runIds().get());
    }
  }
}
