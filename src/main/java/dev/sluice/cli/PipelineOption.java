package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.pipeline.Pipeline;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code -p FILE} of every command that works on a pipeline. */
final class PipelineOption {

  @Option(
      names = {"-p", "--pipeline"},
      paramLabel = "FILE",
      required = true,
      description = "The pipeline file.")
  private Path file;

  Pipeline read(CliContext surroundings) {
    return Pipeline.read(file, surroundings.connectors(), surroundings.variables());
  }
}
