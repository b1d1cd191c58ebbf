package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.Warnings;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a table's first records, one per line; writes nothing and moves no checkpoint. */
@Command(name = "preview", description = "Print the first records of a table. Writes nothing.")
final class PreviewCommand implements Runnable {
  private static final int MOST = 100_000;

  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();

  @Parameters(
      paramLabel = "TABLE",
      description = "A table of the pipeline, or any other of the source.")
  private String table;

  @Option(
      names = {"-n", "--records"},
      paramLabel = "N",
      defaultValue = "20",
      description = "How many records at most; 20 by default.")
  private int most;

  PreviewCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    if (most < 1 || most > MOST) {
      throw ConnectorException.configuration(
          "-n is %d; it takes a whole number from 1 to %d".formatted(most, MOST));
    }
    var pipeline = pipelineOption.read(surroundings);
    Table source = pipeline.sourceTable(table);
    var run =
        PipelineContext.begin(
            pipeline, pipeline.timeBudget(), surroundings.variables(), surroundings.clock());
    try (SourceConnector connector = run.connect(new Warnings(surroundings.terminal()))) {
      read(connector, source);
    }
  }

  private void read(SourceConnector connector, Table source) {
    Offset from = Offset.START;
    int missing = most;
    while (missing > 0) {
      var batch = new FirstRecords(missing);
      Offset end = connector.readTable(source, from, batch);
      if (end.equals(from)) {
        return; // what was emitted is not part of the table
      }
      batch.records().forEach(this::print);
      missing -= batch.records().size();
      from = end;
    }
  }

  private void print(SourceRecord record) {
    try {
      record.writeLine(surroundings.terminal().out());
    } catch (IOException e) {
      throw new UncheckedIOException("The output cannot be written", e);
    }
  }
}
