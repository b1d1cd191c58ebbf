package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.DataType;
import dev.sluice.spi.Field;
import dev.sluice.spi.Schema;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Compares resources with the columns of their table. */
final class SchemaFit {
  private final List<String> problems = new ArrayList<>();
  private final List<String> empty = new ArrayList<>();

  SchemaFit(Schema schema, List<JsonNode> resources) {
    struct("", schema.fields(), resources);
  }

  /** Values that are not of their column's type. */
  List<String> problems() {
    return problems;
  }

  /** Columns that no resource has. */
  List<String> empty() {
    return empty;
  }

  private void struct(String path, List<Field> fields, List<JsonNode> nodes) {
    for (Field field : fields) {
      List<JsonNode> values =
          nodes.stream()
              .filter(node -> node.has(field.name()))
              .map(node -> node.get(field.name()))
              .toList();
      if (values.isEmpty()) {
        empty.add(path + field.name());
      } else {
        type(path + field.name(), field.type(), values);
      }
    }
  }

  private void type(String path, DataType type, List<JsonNode> values) {
    switch (type) {
      case DataType.Struct(List<Field> fields) -> {
        check(path, type, values.stream().allMatch(JsonNode::isObject));
        struct(path + ".", fields, values);
      }
      case DataType.Array(DataType element) -> {
        check(path, type, values.stream().allMatch(JsonNode::isArray));
        List<JsonNode> elements = new ArrayList<>();
        values.forEach(array -> array.forEach(elements::add));
        type(path, element, elements);
      }
      case DataType.Primitive primitive ->
          check(path, type, values.stream().allMatch(value -> fits(primitive, value)));
      default -> check(path, type, false);
    }
  }

  private void check(String path, DataType type, boolean fits) {
    if (!fits) {
      problems.add(path + " is no " + type);
    }
  }

  private static boolean fits(DataType.Primitive type, JsonNode value) {
    return switch (type) {
      case STRING -> value.isTextual();
      case BOOLEAN -> value.isBoolean();
      case LONG -> value.isIntegralNumber();
      case DOUBLE -> value.isNumber();
      case TIMESTAMP -> OffsetDateTime.parse(value.asText()).getYear() > 0;
      case DATE, BINARY -> false;
    };
  }
}
