package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.terminal.TextTable;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A description of a connector's options and tables, as text and as JSON; it needs no source. */
record ConnectorDescription(ConnectorProvider connector) {

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(connector.name() + ": " + connector.description());
    lines.add("");
    lines.add("Connection options");
    lines.addAll(connectionOptions().lines());
    lines.add("");
    lines.add("Tables");
    lines.addAll(tables().lines());
    lines.add("");
    lines.add("Table options");
    lines.addAll(tableOptions().lines());
    return lines;
  }

  private TextTable connectionOptions() {
    var grid = TextTable.of("  OPTION", "TYPE", "DEFAULT", "DESCRIPTION");
    for (Option<?> option : connector.connectionOptions()) {
      grid.row("  " + option.name(), type(option), defaultValue(option), option.description());
    }
    return grid;
  }

  private TextTable tables() {
    boolean hasNamespaces =
        connector.tables().stream().anyMatch(spec -> !spec.namespace().isEmpty());
    var grid =
        TextTable.of(
            "  TABLE",
            "INGESTION TYPE",
            "PRIMARY KEYS",
            "CURSOR",
            hasNamespaces ? "NAMESPACE" : "");
    for (TableSpec spec : connector.tables()) {
      grid.row(
          "  " + spec.name(),
          spec.metadata().map(known -> known.type().label()).orElse("the source tells"),
          spec.metadata().map(known -> String.join(", ", known.primaryKeys())).orElse(""),
          spec.metadata().flatMap(TableMetadata::cursorField).orElse(""),
          String.join("/", spec.namespace()));
    }
    return grid;
  }

  /** Returns each option once, with the tables that accept it. */
  private TextTable tableOptions() {
    Set<Option<?>> options = new LinkedHashSet<>();
    connector.tables().forEach(spec -> options.addAll(spec.options()));
    var grid = TextTable.of("  OPTION", "TYPE", "DEFAULT", "TABLES", "DESCRIPTION");
    for (Option<?> option : options) {
      grid.row(
          "  " + option.name(),
          type(option),
          defaultValue(option),
          takers(option),
          option.description());
    }
    return grid;
  }

  private String takers(Option<?> option) {
    List<String> with = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (TableSpec spec : connector.tables()) {
      (spec.options().contains(option) ? with : without).add(spec.name());
    }
    if (without.isEmpty()) {
      return "all";
    }
    return without.size() < with.size()
        ? "all but " + String.join(", ", without)
        : String.join(", ", with);
  }

  private static String type(Option<?> option) {
    String type = option.isSecret() ? "secret, by reference" : option.type();
    return option.isRequired() ? type + ", required" : type;
  }

  private static String defaultValue(Option<?> option) {
    return option.defaultText().orElse("");
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("connector", connector.name()).put("description", connector.description());
    options(connector.connectionOptions(), json.putArray("connection_options"));
    ArrayNode tables = json.putArray("tables");
    connector.tables().forEach(spec -> table(spec, tables.addObject()));
    return json;
  }

  private static void table(TableSpec spec, ObjectNode json) {
    json.put("table", spec.name());
    spec.pattern().ifPresent(names -> json.put("pattern", names.pattern()));
    spec.metadata()
        .ifPresent(
            known -> {
              json.put("ingestion_type", known.type().label());
              known.primaryKeys().forEach(json.putArray("primary_keys")::add);
              known.cursorField().ifPresent(field -> json.put("cursor_field", field));
            });
    spec.namespace().forEach(json.putArray("namespace")::add);
    options(spec.options(), json.putArray("options"));
  }

  private static void options(List<Option<?>> options, ArrayNode json) {
    for (Option<?> option : options) {
      ObjectNode one =
          json.addObject()
              .put("option", option.name())
              .put("type", option.type())
              .put("required", option.isRequired());
      option.defaultValue().ifPresent(value -> one.put("default", defaultValue(option)));
      option.effect().ifPresent(effect -> one.put("effect", effect.label()));
      one.put("description", option.description());
    }
  }
}
