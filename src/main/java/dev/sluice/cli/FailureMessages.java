package dev.sluice.cli;

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
    terminal.err().println("sluice: " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, command.getErr());
    terminal.err().printf("Try './%s --help'.%n", command.getCommandSpec().qualifiedName());
    return ExitCode.CONFIGURATION.number();
  }

  int execution(Exception failure, CommandLine command, ParseResult arguments) {
    terminal.out().flush();
    if (debug.getAsBoolean()) {
      failure.printStackTrace(terminal.err());
    }
    return switch (failure) {
      case ConnectorException connector -> {
        terminal.err().println("sluice: " + connector.getMessage());
        connector
            .resumeAt()
            .ifPresent(at -> terminal.err().println("The source asks to wait until " + at + "."));
        yield ExitCode.of(connector).number();
      }
      case UncheckedIOException io -> {
        terminal.err().println("sluice: " + io.getMessage());
        yield ExitCode.INTERNAL.number();
      }
      default -> {
        terminal.err().println("sluice: internal error: " + failure);
        if (!debug.getAsBoolean()) {
          terminal.err().println("This is a bug; --debug shows where.");
        }
        yield ExitCode.INTERNAL.number();
      }
    };
  }
}
