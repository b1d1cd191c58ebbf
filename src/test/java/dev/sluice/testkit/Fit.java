package dev.sluice.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.DataType;
import dev.sluice.spi.Field;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceRecord;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares records with a schema. Fields that the schema does not name are welcome. */
record Fit(Schema schema) {

  /** What does not fit, with the place; {@code mandatory} paths may not be null. */
  List<String> problems(List<SourceRecord> records, Set<String> mandatory) {
    Set<String> problems = new TreeSet<>();
    for (SourceRecord record : records) {
      JsonNode tree = record.tree();
      struct("", schema.fields(), tree, problems);
      if (tree.properties().stream().allMatch(field -> field.getValue().isNull())) {
        problems.add("a record with nothing but nulls");
      }
      for (String path : mandatory) {
        JsonNode value = Sink.at(tree, path);
        if (value.isNull() || value.isMissingNode()) {
          problems.add(path + " is null in a record");
        }
      }
    }
    return List.copyOf(problems);
  }

  private static void struct(String at, List<Field> fields, JsonNode node, Set<String> problems) {
    for (Field field : fields) {
      JsonNode value = node.path(field.name());
      String path = at + field.name();
      if (!value.isNull() && !value.isMissingNode()) {
        value(path, field.type(), value, problems);
      } else if (field.isRequired()) {
        problems.add(path + " is required and null");
      }
    }
  }

  private static void value(String path, DataType type, JsonNode value, Set<String> problems) {
    switch (type) {
      case DataType.Primitive primitive -> {
        if (!fits(primitive, value)) {
          problems.add(path + " is no " + primitive + ": " + value.getNodeType());
        }
      }
      case DataType.Decimal(int precision, int scale) -> {
        if (!value.isNumber()
            || value.decimalValue().stripTrailingZeros().scale() > scale
            || value.decimalValue().precision() > precision) {
          problems.add(path + " is no decimal(" + precision + "," + scale + ")");
        }
      }
      case DataType.Array(DataType element) -> {
        if (!value.isArray()) {
          problems.add(path + " is no array: " + value.getNodeType());
        }
        value.forEach(item -> optional(path + "[]", element, item, problems));
      }
      case DataType.Map(DataType element) -> {
        if (!value.isObject()) {
          problems.add(path + " is no map: " + value.getNodeType());
        }
        value.properties().forEach(e -> optional(path + ".*", element, e.getValue(), problems));
      }
      case DataType.Struct(List<Field> fields) -> {
        if (value.isObject()) {
          struct(path + ".", fields, value, problems);
        } else {
          problems.add(path + " is no struct: " + value.getNodeType());
        }
      }
    }
  }

  private static void optional(String path, DataType type, JsonNode value, Set<String> problems) {
    if (!value.isNull()) {
      value(path, type, value, problems);
    }
  }

  private static boolean fits(DataType.Primitive type, JsonNode value) {
    return switch (type) {
      case LONG -> value.isIntegralNumber() && value.canConvertToLong();
      case DOUBLE -> value.isNumber();
      case STRING -> value.isTextual();
      case BOOLEAN -> value.isBoolean();
      case TIMESTAMP -> parses(value, OffsetDateTime::parse);
      case DATE -> parses(value, LocalDate::parse);
      case BINARY -> parses(value, Base64.getDecoder()::decode);
    };
  }

  private interface Parser {
    Object parse(String text);
  }

  private static boolean parses(JsonNode value, Parser parser) {
    try {
      return value.isTextual() && parser.parse(value.textValue()) != null;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The columns, dotted, that are null in every record. */
  List<String> emptyColumns(List<JsonNode> records) {
    List<String> empty = new ArrayList<>();
    emptyColumns("", schema.fields(), records, empty);
    return empty;
  }

  private static void emptyColumns(
      String at, List<Field> fields, List<JsonNode> records, List<String> empty) {
    for (Field field : fields) {
      List<JsonNode> values =
          records.stream()
              .map(record -> record.path(field.name()))
              .filter(value -> !value.isNull() && !value.isMissingNode())
              .toList();
      String path = at + field.name();
      if (values.isEmpty()) {
        empty.add(path);
      } else {
        emptyBelow(path, field.type(), values, empty);
      }
    }
  }

  private static void emptyBelow(
      String path, DataType type, List<JsonNode> values, List<String> empty) {
    switch (type) {
      case DataType.Struct(List<Field> fields) -> emptyColumns(path + ".", fields, values, empty);
      case DataType.Array(DataType element) -> {
        List<JsonNode> items = new ArrayList<>();
        values.forEach(array -> array.forEach(items::add));
        if (items.isEmpty()) {
          empty.add(path);
        } else {
          emptyBelow(path, element, items, empty);
        }
      }
      case DataType.Map map -> {
        if (values.stream().allMatch(JsonNode::isEmpty)) {
          empty.add(path);
        }
      }
      case DataType.Primitive primitive -> {}
      case DataType.Decimal decimal -> {}
    }
  }
}
