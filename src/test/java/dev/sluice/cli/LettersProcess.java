package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.Terminal;
import dev.sluice.pipeline.Connectors;
import java.time.InstantSource;
import java.util.Map;

/** The command line as a process of its own, without the framework. */
public final class LettersProcess {

  private LettersProcess() {}

  public static void main(String... arguments) {
    var terminal = Terminal.ofProcess(Map.of());
    var surroundings =
        new CliContext(
            terminal,
            Map.of("TOKEN", Cli.SECRET),
            InstantSource.system(),
            () -> "run-1",
            Connectors.installed());
    int code = SluiceCommand.commandLine(surroundings, arguments).execute(arguments);
    terminal.out().flush();
    System.exit(code);
  }
}
