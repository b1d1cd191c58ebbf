package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.cli.terminal.Interrupts;
import dev.sluice.cli.terminal.ProgressText;
import dev.sluice.functions.Functions;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.runtime.Cancellation;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a function with an event on this machine, as Lambda would. */
@Command(
    name = "invoke",
    description = {
      "Run a function with an event on this machine. Prints its answer; the log goes to standard error.",
      "Reads pipelines from SLUICE_PIPELINES; the folder 'pipelines' by default."
    })
final class InvokeCommand implements Callable<Integer> {
  /** The largest event that Lambda accepts. */
  private static final int LARGEST_EVENT = 6 << 20;

  private final CliContext surroundings;

  @Parameters(index = "0", paramLabel = "FUNCTION", description = "scheduled-sync or event-sync.")
  private String function;

  @Parameters(
      index = "1",
      paramLabel = "EVENT.json",
      description = "The file with the event; '-' for standard input.")
  private String event;

  @Option(
      names = "--remaining",
      paramLabel = "TIME",
      description = "Time left on the platform, such as 2s; no limit by default.")
  private Optional<Duration> remaining = Optional.empty();

  InvokeCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Functions.require(function);
    var result = invoke(text());
    var terminal = surroundings.terminal();
    result
        .failure()
        .ifPresent(message -> terminal.err().println("sluice: " + ProgressText.printable(message)));
    terminal.out().println(result.answer());
    return exitCode(result).number();
  }

  @SuppressWarnings("try") // the handlers are installed while the run lasts; nobody calls them
  private FunctionResult invoke(String text) {
    var cancellation = new Cancellation();
    var terminal = surroundings.terminal();
    var deployment =
        new Deployment(
            surroundings.variables(),
            surroundings.clock(),
            surroundings.runIds(),
            surroundings.connectors(),
            cancellation,
            terminal.err());
    try (var interrupts = Interrupts.stopping(cancellation, terminal.err())) {
      return Functions.invoke(function, text, deployment, remaining);
    }
  }

  private String text() {
    try (InputStream in = event.equals("-") ? System.in : Files.newInputStream(Path.of(event))) {
      byte[] bytes = in.readNBytes(LARGEST_EVENT + 1);
      if (bytes.length > LARGEST_EVENT) {
        throw ConnectorException.configuration(
            "The event %s has more than %d bytes, the most that Lambda accepts"
                .formatted(event, LARGEST_EVENT));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw ConnectorException.configuration("There is no event file " + event, e);
    } catch (CharacterCodingException e) {
      throw ConnectorException.configuration(event + ": the event is not UTF-8 text", e);
    } catch (IOException e) {
      throw ConnectorException.configuration(
          "The event file %s cannot be read: %s".formatted(event, e.getMessage()), e);
    }
  }

  /** Returns the most serious exit code of the tables and of the other problems. */
  private static ExitCode exitCode(FunctionResult result) {
    return Stream.concat(
            result.reports().stream().map(ExitCode::of),
            result.problems().stream().map(ExitCode::of))
        .min(ExitCode::compareTo)
        .orElse(ExitCode.OK);
  }
}
