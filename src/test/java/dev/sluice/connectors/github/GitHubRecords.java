package dev.sluice.connectors.github;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.DataType;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.Field;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Row;
import java.util.List;

/** Makes records of a table's schema, with a value in every column. */
final class GitHubRecords {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private GitHubRecords() {}

  static SourceRecord of(GitHubTable table, Row row) {
    ObjectNode record = struct(table.schema().fields(), row);
    record.remove(List.of("repository_owner", "repository_name"));
    switch (table) {
      case ISSUES, COMMENTS ->
          record
              .put("id", 1_000 + row.key())
              .put("updated_at", row.cursor().toString())
              .put("state", "open");
      case COMMITS -> {
        record.put("sha", "%040x".formatted(row.key()));
        ((ObjectNode) record.at("/commit/committer")).put("date", row.cursor().toString());
      }
      case REPOSITORIES -> record.put("id", 1_000 + row.key()).put("name", "gate-" + row.key());
      case BRANCHES -> record.put("name", "branch-" + row.key());
    }
    return SourceRecord.of(record.toString());
  }

  private static ObjectNode struct(List<Field> fields, Row row) {
    ObjectNode struct = NODES.objectNode();
    for (Field field : fields) {
      put(struct, field, row);
    }
    return struct;
  }

  private static void put(ObjectNode struct, Field field, Row row) {
    String name = field.name();
    switch (field.type()) {
      case DataType.Struct(List<Field> inner) -> struct.set(name, struct(inner, row));
      case DataType.Array(DataType element) -> {
        var holder = NODES.objectNode();
        put(holder, Field.optional("element", element), row);
        struct.set(name, NODES.arrayNode().add(holder.get("element")));
      }
      case DataType.Map ignored -> struct.putObject(name).put("url", "https://example.test");
      case DataType.Decimal ignored -> struct.put(name, row.version());
      case Primitive primitive -> {
        switch (primitive) {
          case LONG -> struct.put(name, 7L + row.version());
          case DOUBLE -> struct.put(name, 0.5);
          case BOOLEAN -> struct.put(name, row.version() % 2 == 0);
          case TIMESTAMP, DATE -> struct.put(name, "2020-02-02T02:02:02Z");
          case STRING, BINARY -> struct.put(name, name + " of version " + row.version());
        }
      }
    }
  }
}
