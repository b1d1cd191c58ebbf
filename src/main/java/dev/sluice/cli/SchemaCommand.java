package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.JsonDocument;
import dev.sluice.cli.terminal.TextTable;
import dev.sluice.cli.terminal.Warnings;
import dev.sluice.pipeline.PipelineContext;
import dev.sluice.spi.DataType;
import dev.sluice.spi.Field;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints the schema of one table. */
@Command(name = "schema", description = "Print the schema of a table.")
final class SchemaCommand implements Runnable {
  private static final String INDENT = "  ";

  private final CliContext surroundings;
  @Mixin private final PipelineOption pipelineOption = new PipelineOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "TABLE",
      description = "A table of the pipeline, or any other of the source.")
  private String table;

  SchemaCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    var pipeline = pipelineOption.read(surroundings);
    var run =
        PipelineContext.begin(
            pipeline, pipeline.timeBudget(), surroundings.variables(), surroundings.clock());
    Schema schema;
    try (SourceConnector connector = run.connect(new Warnings(surroundings.terminal()))) {
      schema = connector.schema(pipeline.sourceTable(table));
    }
    var out = surroundings.terminal().out();
    switch (output.chosen()) {
      case HUMAN -> {
        var grid = TextTable.of("FIELD", "TYPE", "");
        fields(schema.fields(), "", grid);
        grid.lines().forEach(out::println);
      }
      case JSON -> out.println(JsonDocument.pretty(JsonDocument.read(schema.json())));
    }
  }

  private static void fields(List<Field> fields, String indent, TextTable grid) {
    for (Field field : fields) {
      grid.row(indent + field.name(), name(field.type()), field.isRequired() ? "required" : "");
      fields(inside(field.type()), indent + INDENT, grid);
    }
  }

  private static String name(DataType type) {
    return switch (type) {
      case DataType.Primitive primitive -> primitive.name().toLowerCase(Locale.ROOT);
      case DataType.Decimal(int precision, int scale) ->
          "decimal(%d,%d)".formatted(precision, scale);
      case DataType.Array(DataType element) -> "array of " + name(element);
      case DataType.Map(DataType value) -> "map to " + name(value);
      case DataType.Struct struct -> "struct";
    };
  }

  private static List<Field> inside(DataType type) {
    return switch (type) {
      case DataType.Primitive primitive -> List.of();
      case DataType.Decimal decimal -> List.of();
      case DataType.Array(DataType element) -> inside(element);
      case DataType.Map(DataType value) -> inside(value);
      case DataType.Struct(List<Field> fields) -> fields;
    };
  }
}
