package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.Terminal;
import dev.sluice.pipeline.Connectors;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.InstantSource;
import java.util.UUID;

/** The process of the command line. It needs no application of Quarkus: only functions do. */
@QuarkusMain
public final class Main {

  private Main() {}

  public static void main(String... arguments) {
    var context = context();
    int code = SluiceCommand.commandLine(context, arguments).execute(arguments);
    context.terminal().out().flush();
    context.terminal().err().flush();
    System.exit(code);
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
