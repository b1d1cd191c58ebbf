package dev.sluice.cli;

import dev.sluice.pipeline.TimeText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's root; all that it does itself is to say what there is. */
@Command(
    name = "sluice",
    description = "Carries data from REST APIs into a lake, a microbatch at a time.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
final class SluiceCommand implements Runnable {
  private static final int HELP_WIDTH = 100;

  @Option(
      names = {"-v", "--debug"},
      scope = ScopeType.INHERIT,
      description = "Print stack traces of failures.")
  private boolean debug;

  private final CommandLine commandLine;

  private SluiceCommand(Surroundings surroundings) {
    commandLine = new CommandLine(this);
    commandLine
        .addSubcommand(new DemoCommand(surroundings))
        .addSubcommand(new ConnectorsCommand(surroundings))
        .addSubcommand(new CheckCommand(surroundings))
        .addSubcommand(new TablesCommand(surroundings))
        .addSubcommand(new SchemaCommand(surroundings))
        .addSubcommand(new PreviewCommand(surroundings))
        .addSubcommand(new SyncCommand(surroundings))
        .addSubcommand(
            new CommandLine(new StateCommand())
                .addSubcommand(new StateShowCommand(surroundings))
                .addSubcommand(new StateResetCommand(surroundings)))
        .addSubcommand(new InvokeCommand(surroundings))
        .addSubcommand(new ExampleApiCommand(surroundings));
  }

  static CommandLine commandLine(Surroundings surroundings) {
    var root = new SluiceCommand(surroundings);
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
