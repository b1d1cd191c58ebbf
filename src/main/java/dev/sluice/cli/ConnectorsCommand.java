package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.TextTable;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.TableMetadata;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says which connectors there are, or what one of them takes and has. */
@Command(name = "connectors", description = "List the connectors, or describe one.")
final class ConnectorsCommand implements Runnable {
  private final CliContext surroundings;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "A connector: print its options and tables.")
  private Optional<String> name = Optional.empty();

  ConnectorsCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    if (name.isPresent()) {
      describe(surroundings.connectors().require(name.get()));
    } else {
      var grid = TextTable.of("CONNECTOR", "DESCRIPTION");
      surroundings
          .connectors()
          .providers()
          .forEach(provider -> grid.row(provider.name(), provider.description()));
      print(grid);
    }
  }

  private void describe(ConnectorProvider connector) {
    var out = surroundings.terminal().out();
    out.println(connector.name() + ": " + connector.description());
    out.println();
    out.println("Connection options");
    options(connector.connectionOptions());
    out.println();
    out.println("Table options");
    options(connector.tableOptions());
    out.println();
    out.println("Tables");
    tables(Catalog.of(connector, surroundings.clock()));
  }

  private void options(List<Option<?>> options) {
    var grid = TextTable.of("  OPTION", "TYPE", "DEFAULT", "DESCRIPTION");
    for (Option<?> option : options) {
      grid.row("  " + option.name(), type(option), defaultValue(option), option.description());
    }
    print(grid);
  }

  private static String type(Option<?> option) {
    String type = option.isSecret() ? "secret, by reference" : option.type();
    return option.isRequired() ? type + ", required" : type;
  }

  private static String defaultValue(Option<?> option) {
    return option
        .defaultValue()
        .map(value -> value instanceof java.time.Duration time ? "" + time.toSeconds() : "" + value)
        .orElse("");
  }

  private void tables(Optional<Map<String, Optional<TableMetadata>>> catalog) {
    if (catalog.isEmpty()) {
      surroundings.terminal().out().println("  The source tells: ./sluice tables -p FILE");
      return;
    }
    var grid = TextTable.of("  TABLE", "INGESTION TYPE", "PRIMARY KEYS", "CURSOR");
    catalog
        .get()
        .forEach(
            (table, metadata) ->
                grid.row(
                    "  " + table,
                    metadata.map(known -> known.type().label()).orElse("the source tells"),
                    metadata.map(known -> String.join(", ", known.primaryKeys())).orElse(""),
                    metadata.flatMap(TableMetadata::cursorField).orElse("")));
    print(grid);
  }

  private void print(TextTable grid) {
    grid.lines().forEach(surroundings.terminal().out()::println);
  }
}
