package dev.sluice.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Holds the commands on saved offsets. */
@Command(
    name = "state",
    description = "Show, accept or reset saved offsets.",
    synopsisSubcommandLabel = "(show | accept | reset)")
final class StateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Missing command: 'state show', 'state accept' or 'state reset'");
  }
}
