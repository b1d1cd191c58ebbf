package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.cli.terminal.NeedsQuarkus;
import dev.sluice.cli.terminal.Terminal;
import dev.sluice.pipeline.Connectors;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Where the process begins. The framework is started only for commands that call a source. */
@QuarkusMain
public final class Main {

  /** What the framework runs once it is there: it makes the object that runs it by itself. */
  private static final AtomicReference<IntSupplier> COMMAND = new AtomicReference<>(() -> 0);

  private Main() {}

  public static void main(String... arguments) {
    var surroundings = surroundings();
    int code =
        SluiceCommand.commandLine(surroundings, arguments)
            .setExecutionStrategy(
                parsed ->
                    makesConnectors(parsed)
                        ? inQuarkus(parsed, arguments)
                        : new RunLast().execute(parsed))
            .execute(arguments);
    surroundings.terminal().out().flush();
    surroundings.terminal().err().flush();
    System.exit(code);
  }

  private static CliContext surroundings() {
    var variables = System.getenv();
    return new CliContext(
        Terminal.ofProcess(variables),
        variables,
        InstantSource.system(),
        () -> UUID.randomUUID().toString(),
        Connectors.installed());
  }

  private static boolean makesConnectors(ParseResult parsed) {
    var last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last.commandSpec().userObject() instanceof NeedsQuarkus command
        && command.makesConnectors()
        && !last.isUsageHelpRequested()
        && !last.isVersionHelpRequested();
  }

  private static int inQuarkus(ParseResult parsed, String... arguments) {
    var exit = new AtomicInteger(ExitCode.INTERNAL.number());
    var thrown = new AtomicReference<Optional<RuntimeException>>(Optional.empty());
    COMMAND.set(
        () -> {
          try {
            return new RunLast().execute(parsed);
          } catch (RuntimeException e) {
            thrown.set(Optional.of(e)); // for the handler of the one who parsed
            return ExitCode.INTERNAL.number();
          }
        });
    Quarkus.run(Application.class, (code, failure) -> exit.set(code), arguments);
    thrown
        .get()
        .ifPresent(
            e -> {
              throw e;
            });
    return exit.get();
  }

  /** The command inside the framework. */
  public static final class Application implements QuarkusApplication {

    @Override
    public int run(String... arguments) {
      return COMMAND.get().getAsInt();
    }
  }
}
