package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.cli.terminal.Terminal;
import dev.sluice.pipeline.Connectors;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.InstantSource;
import java.util.ServiceConfigurationError;
import java.util.UUID;

/** The process of the command line. It needs no application of Quarkus: only functions do. */
@QuarkusMain
public final class Main {

  private Main() {}

  public static void main(String... arguments) {
    CliContext context;
    try {
      context = context();
    } catch (ServiceConfigurationError e) {
      System.err.println("sluice: a connector on the class path is broken: " + e.getMessage());
      System.exit(ExitCode.INTERNAL.number());
      return;
    }
    int code = SluiceCommand.commandLine(context, arguments).execute(arguments);
    System.exit(ended(context.terminal(), code));
  }

  /** A stream of Java keeps to itself that it cannot write. */
  private static int ended(Terminal terminal, int code) {
    boolean isWritten = !terminal.out().checkError();
    if (!isWritten) {
      terminal.err().println("sluice: the output cannot be written, or not all of it");
    }
    terminal.err().flush();
    return isWritten ? code : ExitCode.INTERNAL.number();
  }

  private static CliContext context() {
    var variables = System.getenv();
    return new CliContext(
        Terminal.ofProcess(variables),
        variables,
        InstantSource.system(),
        () -> UUID.randomUUID().toString(),
        Connectors.installed());
  }
}
