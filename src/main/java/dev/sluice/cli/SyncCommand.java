package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.cli.terminal.InterruptibleSync;
import dev.sluice.cli.terminal.ReportText;
import dev.sluice.pipeline.Pipeline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one invocation of a pipeline and reports how it went. */
@Command(
    name = "sync",
    description = "Copy new records from the source to the lake. Ctrl-C stops at the next commit.")
final class SyncCommand implements Callable<Integer> {
  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();
  @Mixin private final TableNames tableNames = new TableNames();
  @Mixin private final OutputOption output = new OutputOption();

  @Option(
      names = "--time-budget",
      paramLabel = "TIME",
      description =
          "Stop after this time, such as 90s or 10m. Default: the pipeline file's time_budget.")
  private Optional<Duration> timeBudget = Optional.empty();

  SyncCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    var tables = tableNames.of(pipeline);
    var budget = timeBudget.orElseGet(pipeline::timeBudget);
    var report = InterruptibleSync.run(surroundings, pipeline, tables, budget);
    var terminal = surroundings.terminal();
    switch (output.chosen()) {
      case HUMAN -> ReportText.lines(report, terminal.colored()).forEach(terminal.out()::println);
      case JSON -> terminal.out().println(report.json());
    }
    return ExitCode.of(report).number();
  }
}
