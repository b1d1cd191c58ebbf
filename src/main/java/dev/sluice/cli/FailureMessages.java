package dev.sluice.cli;

import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.cli.terminal.ProgressText;
import dev.sluice.cli.terminal.Terminal;
import dev.sluice.pipeline.Spelling;
import dev.sluice.spi.ConnectorException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on {@code err} why a command failed, and with which exit code. */
final class FailureMessages {
  private final Terminal terminal;
  private final BooleanSupplier debug;

  FailureMessages(Terminal terminal, BooleanSupplier debug) {
    this.terminal = terminal;
    this.debug = debug;
  }

  int usage(ParameterException failure, String[] arguments) {
    var command = failure.getCommandLine();
    terminal
        .err()
        .println(
            "sluice: "
                + (failure instanceof UnmatchedArgumentException unmatched
                    ? unknown(unmatched)
                    : failure.getMessage()));
    terminal.err().printf("Try './%s --help'.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.CONFIGURATION.number();
  }

  private static String unknown(UnmatchedArgumentException failure) {
    var command = failure.getCommandLine();
    String argument = failure.getUnmatched().getFirst();
    if (argument.startsWith("-")) {
      var options = command.getCommandSpec().optionsMap().keySet();
      return "unknown option '%s'; %s".formatted(argument, Spelling.of(options).hint(argument));
    }
    var commands = command.getSubcommands().keySet();
    return commands.isEmpty()
        ? "unexpected argument '%s'".formatted(argument)
        : "unknown command '%s'; %s".formatted(argument, Spelling.of(commands).hint(argument));
  }

  int execution(Exception failure, CommandLine command, ParseResult arguments) {
    terminal.out().flush();
    if (debug.getAsBoolean()) {
      failure.printStackTrace(terminal.err());
    }
    return switch (failure) {
      case ConnectorException connector -> {
        terminal
            .err()
            .println("sluice: " + ProgressText.printable(String.valueOf(connector.getMessage())));
        connector
            .resumeAt()
            .ifPresent(at -> terminal.err().println("The source asks to wait until " + at + "."));
        yield ExitCode.of(connector).number();
      }
      case UncheckedIOException io -> {
        terminal.err().println("sluice: " + io.getMessage() + ": " + io.getCause());
        yield ExitCode.INTERNAL.number();
      }
      default -> {
        terminal.err().println("sluice: internal error: " + failure);
        if (!debug.getAsBoolean()) {
          terminal.err().println("This is a bug; --debug prints the stack trace.");
        }
        yield ExitCode.INTERNAL.number();
      }
    };
  }
}
