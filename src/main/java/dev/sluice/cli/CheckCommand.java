package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.HumanFormat;
import dev.sluice.cli.terminal.Warnings;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Tries a pipeline without reading it: file, secrets, destination, one page of one table. */
@Command(
    name = "check",
    description = "Check the configuration, the credentials and one request. Writes nothing.")
final class CheckCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();

  CheckCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    passed(
        "pipeline '%s': connector '%s', %s"
            .formatted(
                pipeline.name(),
                pipeline.connector().name(),
                HumanFormat.counted(pipeline.tables().size(), "table", "tables")));
    var run =
        PipelineContext.begin(pipeline, PATIENCE, surroundings.variables(), surroundings.clock());
    passed("connection options and secrets");
    run.checkDestination();
    passed("destination " + pipeline.destination());
    try (SourceConnector connector = run.connect(new Warnings(surroundings.terminal()))) {
      pipeline.checkTables(connector);
      passed("every table is known to the connector");
      request(connector, pipeline.tables().getFirst());
    }
  }

  private void request(SourceConnector connector, PipelineTable table) {
    var first = new FirstRecords(0);
    try {
      connector.readTable(table.table(), Offset.START, first);
    } catch (ConnectorException e) {
      throw e.at(table.table().name());
    }
    passed("the source answers: table '%s' can be read".formatted(table.table().name()));
  }

  private void passed(String what) {
    var terminal = surroundings.terminal();
    terminal.out().println(terminal.colored().good("ok") + "  " + what);
    terminal.out().flush();
  }
}
