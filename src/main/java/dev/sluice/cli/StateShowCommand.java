package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.JsonDocument;
import dev.sluice.cli.terminal.TextTable;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.PipelineTable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the saved progress of every table. */
@Command(name = "show", description = "Show the saved position of every table.")
final class StateShowCommand implements Runnable {
  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();
  @Mixin private final TableNames tableNames = new TableNames();
  @Mixin private final OutputOption output = new OutputOption();

  StateShowCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  private record Saved(String as, Flow flow, Checkpoint checkpoint) {}

  @Override
  public void run() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    var saved = saved(pipeline, tableNames.of(pipeline));
    var out = surroundings.terminal().out();
    switch (output.chosen()) {
      case JSON -> out.println(JsonDocument.pretty(json(saved)));
      case HUMAN -> {
        if (saved.isEmpty()) {
          out.println("Nothing is saved yet.");
        } else {
          grid(saved).lines().forEach(out::println);
        }
      }
    }
  }

  private List<Saved> saved(Pipeline pipeline, List<PipelineTable> tables) {
    var state = PipelineContext.state(pipeline, surroundings.variables(), surroundings.clock());
    var saved = new ArrayList<Saved>();
    for (PipelineTable table : tables) {
      state
          .show(pipeline.destination(table))
          .forEach((flow, checkpoint) -> saved.add(new Saved(table.as(), flow, checkpoint)));
    }
    return saved;
  }

  private static TextTable grid(List<Saved> saved) {
    var grid = TextTable.of("TABLE", "FLOW", "GENERATION", "BATCHES", "OFFSET");
    for (Saved row : saved) {
      grid.row(
          row.as(),
          row.flow().folder(),
          "" + row.checkpoint().generation(),
          "" + row.checkpoint().sequence(),
          row.checkpoint().offset().json());
    }
    return grid;
  }

  private static ArrayNode json(List<Saved> saved) {
    var json = JsonNodeFactory.instance.arrayNode();
    for (Saved row : saved) {
      var shown =
          json.addObject()
              .put("as", row.as())
              .put("flow", row.flow().folder())
              .put("generation", row.checkpoint().generation())
              .put("sequence", row.checkpoint().sequence());
      shown.set("offset", JsonDocument.read(row.checkpoint().offset().json()));
      row.checkpoint()
          .reading()
          .ifPresent(reading -> shown.set("reading", JsonDocument.read(reading.json())));
    }
    return json;
  }
}
