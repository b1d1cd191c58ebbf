package dev.sluice.cli;

import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineRun;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.InvocationReport;
import dev.sluice.runtime.PipelineTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one invocation of a pipeline and reports how it went. */
@Command(
    name = "sync",
    description = "Bring what is new in the source into the lake. Ctrl-C stops at the next commit.")
final class SyncCommand implements Callable<Integer>, MakesConnectors {
  private final Surroundings surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();
  @Mixin private final TableNames tableNames = new TableNames();
  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = "--time-budget",
      paramLabel = "TIME",
      description = "Stop after this time, such as 90s or 10m; else what the pipeline file says.")
  private Optional<Duration> timeBudget = Optional.empty();

  SyncCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    var tables = tableNames.of(pipeline);
    var report = sync(surroundings, pipeline, tables, timeBudget.orElseGet(pipeline::timeBudget));
    var terminal = surroundings.terminal();
    switch (output.chosen()) {
      case HUMAN -> ReportText.lines(report, terminal.colored()).forEach(terminal.out()::println);
      case JSON -> terminal.out().println(report.json());
    }
    return ExitCode.of(report).number();
  }

  @SuppressWarnings("try") // the handlers are there while the run lasts; nobody speaks to them
  static InvocationReport sync(
      Surroundings surroundings, Pipeline pipeline, List<PipelineTable> tables, Duration budget) {
    var cancellation = new Cancellation();
    var run = PipelineRun.begin(pipeline, budget, surroundings.variables(), surroundings.clock());
    try (var interrupts = Interrupts.stopping(cancellation, surroundings.terminal().err());
        var progress = Progressing.on(surroundings)) {
      return run.sync(tables, progress, cancellation, surroundings.runIds().get());
    }
  }
}
