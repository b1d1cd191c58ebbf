package dev.sluice.cli;

import picocli.CommandLine.Option;

/** The option {@code --output human|json}. */
final class OutputOption {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "human|json",
      defaultValue = "human",
      description = "Output format: human (default) or json.")
  private Output output;

  Output chosen() {
    return output;
  }
}
