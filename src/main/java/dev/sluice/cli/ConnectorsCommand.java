package dev.sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.JsonDocument;
import dev.sluice.cli.terminal.TextTable;
import dev.sluice.spi.ConnectorProvider;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the connectors, or the options and tables of one of them. */
@Command(name = "connectors", description = "List the connectors, or describe one.")
final class ConnectorsCommand implements Runnable {
  private final CliContext surroundings;
  @Mixin private final OutputOption output = new OutputOption();

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
    var out = surroundings.terminal().out();
    Optional<ConnectorDescription> described =
        name.map(surroundings.connectors()::require).map(ConnectorDescription::new);
    switch (output.chosen()) {
      case HUMAN ->
          described.map(ConnectorDescription::lines).orElseGet(this::list).forEach(out::println);
      case JSON ->
          out.println(
              JsonDocument.pretty(
                  described.<JsonNode>map(ConnectorDescription::json).orElseGet(this::json)));
    }
  }

  private List<String> list() {
    var grid = TextTable.of("CONNECTOR", "DESCRIPTION");
    providers().forEach(provider -> grid.row(provider.name(), provider.description()));
    return grid.lines();
  }

  private ArrayNode json() {
    var json = JsonNodeFactory.instance.arrayNode();
    providers()
        .forEach(
            provider ->
                json.addObject()
                    .put("connector", provider.name())
                    .put("description", provider.description()));
    return json;
  }

  private List<ConnectorProvider> providers() {
    return surroundings.connectors().providers();
  }
}
