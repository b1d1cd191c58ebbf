package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.cli.terminal.HumanFormat;
import dev.sluice.cli.terminal.ProgressText;
import dev.sluice.cli.terminal.Warnings;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries a pipeline without reading it: file, secrets, destination, one page of each table. */
@Command(
    name = "check",
    description =
        "Check the configuration, the credentials and one request of each table. Writes nothing.")
final class CheckCommand implements Runnable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();
  @Mixin private final TableNames tableNames = new TableNames();

  @Option(
      names = "--offline",
      description = "Check the pipeline file alone: without secrets, destination and source.")
  private boolean offline;

  CheckCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    List<PipelineTable> tables = tableNames.of(pipeline);
    passed(
        "pipeline '%s': connector '%s', %s"
            .formatted(
                pipeline.name(),
                pipeline.connector().name(),
                HumanFormat.counted(pipeline.tables().size(), "table", "tables")));
    if (!offline) {
      try (SourceConnector connector = connect(pipeline)) {
        pipeline.checkTables(connector);
        passed("every table is known to the connector");
        checkEach(tables, connector, pipeline);
      }
    }
  }

  private SourceConnector connect(Pipeline pipeline) {
    var run =
        PipelineContext.begin(pipeline, PATIENCE, surroundings.variables(), surroundings.clock());
    passed("connection options and secrets");
    run.checkDestination();
    passed("destination " + pipeline.destination());
    return run.connect(new Warnings(surroundings.terminal()));
  }

  /** Asks one request of each table, and fails afterwards with what is most serious. */
  private void checkEach(List<PipelineTable> tables, SourceConnector connector, Pipeline pipeline) {
    var state = PipelineContext.state(pipeline, surroundings.variables(), surroundings.clock());
    var failures = new ArrayList<ConnectorException>();
    for (PipelineTable table : tables) {
      try {
        state.requireReading(
            pipeline.destination(table),
            pipeline.reading(table, surroundings.variables(), surroundings.clock()));
        passed(table.as() + ": " + answer(connector, table));
      } catch (ConnectorException e) {
        failures.add(e.at(table.as()));
      }
    }
    failures.sort(Comparator.comparing(ExitCode::of));
    failures.stream().skip(1).forEach(this::failed);
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  private static String answer(SourceConnector connector, PipelineTable table) {
    var first = new FirstRecords(0);
    connector.readTable(table.table(), Offset.START, first);
    return first.isEmpty()
        ? "the source answers, and the table is empty"
        : "the source answers with records";
  }

  private void failed(ConnectorException failure) {
    surroundings
        .terminal()
        .err()
        .println("sluice: " + ProgressText.printable(String.valueOf(failure.getMessage())));
  }

  private void passed(String what) {
    var terminal = surroundings.terminal();
    terminal.out().println(terminal.colored().good("ok") + "  " + what);
    terminal.out().flush();
  }
}
