package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.Palette;
import dev.sluice.cli.terminal.Terminal;
import dev.sluice.pipeline.Connectors;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs commands in this process, below a folder of their own. */
public final class Cli {
  static final String SECRET = "hunter2-canary";

  private final Path folder;
  private final Map<String, String> variables = new HashMap<>(Map.of("TOKEN", SECRET));
  private Optional<String> answer = Optional.empty();
  private Optional<String> destination = Optional.empty();
  private InstantSource clock = InstantSource.system();

  public Cli(Path folder) {
    this.folder = folder;
  }

  public record Result(int code, String out, String err) {}

  Cli answering(String line) {
    answer = Optional.of(line);
    return this;
  }

  public Cli with(Map<String, String> more) {
    variables.putAll(more);
    return this;
  }

  /** Where the pipeline lands, in place of {@link #lake}. */
  Cli landingIn(String uri) {
    destination = Optional.of(uri);
    return this;
  }

  Cli without(String variable) {
    variables.remove(variable);
    return this;
  }

  Cli with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  public Cli at(Instant now) {
    clock = InstantSource.fixed(now);
    return this;
  }

  public Path lake() {
    return folder.resolve("lake");
  }

  /** Writes a pipeline of these tables, each one a YAML flow mapping or a name. */
  public Cli pipeline(String... tables) {
    var text = new StringBuilder();
    text.append(
        """
        name: acme
        connector: letters
        connection:
          token: ${env:TOKEN}
        destination:
          uri: "%s"
          compression: none
        tables:
        """
            .formatted(destination.orElse("file:" + lake())));
    for (String table : tables) {
      text.append(table.startsWith("{") ? "  - " + table : "  - table: " + table).append('\n');
    }
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public Path file() {
    return folder.resolve("acme.yaml");
  }

  /** Runs a command on the pipeline. */
  Result runOn(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-p", file().toString()));
    return run(all.toArray(String[]::new));
  }

  public Result run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            answer.map(line -> new BufferedReader(new StringReader(line))),
            Palette.PLAIN,
            Optional.empty());
    var surroundings =
        new CliContext(terminal, variables, clock, () -> "run-1", Connectors.installed());
    int code = SluiceCommand.commandLine(surroundings, arguments).execute(arguments);
    return new Result(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
