package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.JsonDocument;
import dev.sluice.cli.terminal.TextTable;
import dev.sluice.cli.terminal.Warnings;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the source's tables and how each would be ingested. */
@Command(
    name = "tables",
    description = "List the source's tables and namespaces: ingestion type, primary keys, cursor.")
final class TablesCommand implements Runnable {
  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();
  @Mixin private final OutputOption output = new OutputOption();

  TablesCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * A table of the source; it has no metadata when that is unknown without options that the
   * pipeline lacks.
   */
  private record Listed(String name, Optional<TableMetadata> metadata, List<String> landsAs) {}

  /** The tables and namespaces of the source. */
  private record Found(List<Listed> tables, NamespaceTree namespaces) {}

  @Override
  public void run() {
    Pipeline pipeline = pipelineOption.read(surroundings);
    Found found = find(pipeline);
    var out = surroundings.terminal().out();
    switch (output.chosen()) {
      case HUMAN -> {
        grid(found.tables()).lines().forEach(out::println);
        found.namespaces().lines().forEach(out::println);
      }
      case JSON -> out.println(JsonDocument.pretty(json(found)));
    }
  }

  private Found find(Pipeline pipeline) {
    var run =
        PipelineContext.begin(
            pipeline, pipeline.timeBudget(), surroundings.variables(), surroundings.clock());
    try (SourceConnector connector = run.connect(new Warnings(surroundings.terminal()))) {
      var listed = new ArrayList<Listed>();
      for (String name : connector.listTables()) {
        var configured =
            pipeline.tables().stream().filter(table -> table.table().name().equals(name)).toList();
        Table table = configured.isEmpty() ? Table.named(name) : configured.getFirst().table();
        listed.add(
            new Listed(
                name,
                metadata(connector, table),
                configured.stream().map(PipelineTable::as).toList()));
      }
      return new Found(listed, NamespaceTree.of(connector));
    }
  }

  private static Optional<TableMetadata> metadata(SourceConnector connector, Table table) {
    try {
      return Optional.of(connector.metadata(table));
    } catch (ConnectorException e) {
      if (e.kind() == ConnectorException.Kind.CONFIGURATION && !e.isAccessDenied()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static TextTable grid(List<Listed> tables) {
    var grid = TextTable.of("TABLE", "INGESTION TYPE", "PRIMARY KEYS", "CURSOR", "LANDS AS");
    for (Listed table : tables) {
      grid.row(
          table.name(),
          table.metadata().map(known -> known.type().label()).orElse("depends on its options"),
          table.metadata().map(known -> String.join(", ", known.primaryKeys())).orElse(""),
          table.metadata().flatMap(TableMetadata::cursorField).orElse(""),
          String.join(", ", table.landsAs()));
    }
    return grid;
  }

  private static ArrayNode json(Found found) {
    var json = JsonNodeFactory.instance.arrayNode();
    for (Listed table : found.tables()) {
      var entry = json.addObject().put("table", table.name());
      table
          .metadata()
          .ifPresent(
              known -> {
                entry.put("ingestion_type", known.type().label());
                known.primaryKeys().forEach(entry.putArray("primary_keys")::add);
                known.cursorField().ifPresent(field -> entry.put("cursor_field", field));
              });
      table.landsAs().forEach(entry.putArray("lands_as")::add);
      List<Namespace> namespaces = found.namespaces().of(table.name());
      if (!namespaces.isEmpty()) {
        ArrayNode array = entry.putArray("namespaces");
        namespaces.forEach(namespace -> namespace.parts().forEach(array.addArray()::add));
      }
      if (found.namespaces().isCut()) {
        entry.put("more_namespaces", true);
      }
    }
    return json;
  }
}
