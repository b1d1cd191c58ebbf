package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Begins the next generation of tables, after asking. */
@Command(
    name = "reset",
    description = "Read tables again from their beginning, into a new generation. Asks first.")
final class StateResetCommand implements Callable<Integer> {
  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();
  @Mixin private final TableNames tableNames = new TableNames();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--purge",
      description = "Delete the data of older generations now. This cannot be undone.")
  private boolean purge;

  StateResetCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    var tables = tableNames.of(pipeline);
    if (!yes && !confirmed(pipeline, tables)) {
      surroundings.terminal().err().println("Nothing was changed.");
      return ExitCode.CONFIGURATION.number();
    }
    var state = PipelineContext.state(pipeline, surroundings.variables(), surroundings.clock());
    for (PipelineTable table : tables) {
      var destination = pipeline.destination(table);
      Checkpoint next = purge ? state.resetAndPurge(destination) : state.reset(destination);
      surroundings
          .terminal()
          .out()
          .printf("%s: generation %d begins%n", table.as(), next.generation());
    }
    return ExitCode.OK.number();
  }

  private boolean confirmed(Pipeline pipeline, List<PipelineTable> tables) {
    Optional<BufferedReader> answers = surroundings.terminal().answers();
    if (answers.isEmpty()) {
      throw ConnectorException.configuration(
          "Cannot ask whether to reset: there is no terminal. Add --yes to reset without asking");
    }
    surroundings
        .terminal()
        .err()
        .printf(
            "Read %s of '%s' again from the beginning%s? [y/N] ",
            tables.stream().map(PipelineTable::as).collect(Collectors.joining(", ")),
            pipeline.name(),
            purge ? ", and remove all that has landed" : "");
    surroundings.terminal().err().flush();
    try {
      String answer = answers.get().readLine();
      return answer != null && (answer.equalsIgnoreCase("y") || answer.equalsIgnoreCase("yes"));
    } catch (IOException e) {
      throw new UncheckedIOException("The answer cannot be read", e);
    }
  }
}
