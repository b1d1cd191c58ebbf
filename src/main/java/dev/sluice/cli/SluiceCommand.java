package dev.sluice.cli;

import dev.sluice.cli.demo.DemoCommand;
import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.Palette;
import dev.sluice.pipeline.TimeText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the command line, which itself only prints the usage. */
@Command(
    name = "sluice",
    description = "Copies records from REST APIs into a lake, one microbatch at a time.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = VersionProvider.class,
    synopsisSubcommandLabel = "COMMAND")
final class SluiceCommand implements Runnable {
  private static final int HELP_WIDTH = 100;

  @Option(
      names = {"-v", "--debug"},
      scope = ScopeType.INHERIT,
      description = "Print stack traces of failures.")
  private boolean debug;

  private final CommandLine commandLine;

  private SluiceCommand(CliContext surroundings, List<String> arguments) {
    commandLine = new CommandLine(this);
    var commands = commands(surroundings);
    // Inspecting a command takes time: when the first argument names one, create only that.
    if (!arguments.isEmpty() && commands.containsKey(arguments.getFirst())) {
      commands.keySet().retainAll(Set.of(arguments.getFirst()));
    }
    commands.values().forEach(command -> commandLine.addSubcommand(command.get()));
  }

  private static Map<String, Supplier<Object>> commands(CliContext surroundings) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("demo", () -> new DemoCommand(surroundings));
    commands.put("connectors", () -> new ConnectorsCommand(surroundings));
    commands.put("check", () -> new CheckCommand(surroundings));
    commands.put("tables", () -> new TablesCommand(surroundings));
    commands.put("schema", () -> new SchemaCommand(surroundings));
    commands.put("preview", () -> new PreviewCommand(surroundings));
    commands.put("sync", () -> new SyncCommand(surroundings));
    commands.put(
        "state",
        () ->
            new CommandLine(new StateCommand())
                .addSubcommand(new StateShowCommand(surroundings))
                .addSubcommand(new StateAcceptCommand(surroundings))
                .addSubcommand(new StateResetCommand(surroundings)));
    commands.put("invoke", () -> new InvokeCommand(surroundings));
    commands.put("example-api", () -> new ExampleApiCommand(surroundings));
    return commands;
  }

  static CommandLine commandLine(CliContext surroundings, String... arguments) {
    var root = new SluiceCommand(surroundings, List.of(arguments));
    var terminal = surroundings.terminal();
    var failures = new FailureMessages(terminal, () -> root.debug);
    return root.commandLine
        .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                terminal.colored() == Palette.COLORED ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(HELP_WIDTH)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(Duration.class, SluiceCommand::duration)
        .setParameterExceptionHandler(failures::usage)
        .setExecutionExceptionHandler(failures::execution);
  }

  private static Duration duration(String text) {
    try {
      return TimeText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void run() {
    commandLine.usage(commandLine.getOut());
  }
}
