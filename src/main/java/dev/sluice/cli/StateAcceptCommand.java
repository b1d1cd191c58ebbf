package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.report.PipelineTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lets tables go on from their offsets although what is read of them has changed. */
@Command(
    name = "accept",
    description = {
      "Go on from the saved position of tables whose options, table or server have changed.",
      "For a server that was renamed, or when the records in between are not wanted."
    })
final class StateAcceptCommand implements Runnable {
  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();

  @Parameters(paramLabel = "TABLE", arity = "1..*", description = "A table of the pipeline.")
  private List<String> names = List.of();

  StateAcceptCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    var state = PipelineContext.state(pipeline, surroundings.variables(), surroundings.clock());
    var out = surroundings.terminal().out();
    for (PipelineTable table : pipeline.select(names)) {
      var reading = pipeline.reading(table, surroundings.variables(), surroundings.clock());
      var accepted = state.accept(pipeline.destination(table), reading);
      if (accepted.isEmpty()) {
        out.printf("%s: nothing is saved yet%n", table.as());
      }
      accepted.forEach(
          (flow, at) ->
              out.printf(
                  "%s: %s goes on from %s as [%s]%n",
                  table.as(), flow.folder(), at.offset(), reading));
    }
  }
}
