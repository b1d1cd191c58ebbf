package dev.sluice.spi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a table. Its JSON has the shape of a record, with type names in the place of
 * values:
 *
 * <pre>{@code
 * {"id": "long!", "user": {"login": "string"}, "labels": [{"name": "string"}], "reactions": {"*": "long"}}
 * }</pre>
 *
 * where {@code !} marks a required field, a list of one element an array, and {@code *} a map.
 */
public record Schema(List<Field> fields) {
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d+),\\s*(\\d+)\\)");
  private static final String REQUIRED = "!";
  private static final String ANY_KEY = "*";

  public Schema {
    fields = new DataType.Struct(fields).fields();
  }

  public static Schema of(Field... fields) {
    return new Schema(List.of(fields));
  }

  /** Reads a schema from a file in the package of a class, such as {@code issues.json}. */
  public static Schema resource(Class<?> neighbour, String name) {
    try (InputStream in = neighbour.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException(
            "No schema '%s' beside %s".formatted(name, neighbour.getName()));
      }
      return fromJson(RecordJson.MAPPER.readTree(in));
    } catch (IOException e) {
      throw new IllegalArgumentException("Schema '" + name + "' is not JSON", e);
    }
  }

  public static Schema parse(String json) {
    try {
      return fromJson(RecordJson.MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A schema is a JSON object", e);
    }
  }

  private static Schema fromJson(JsonNode node) {
    return new Schema(struct(node).fields());
  }

  private static DataType.Struct struct(JsonNode node) {
    List<Field> fields = new ArrayList<>();
    for (var entry : node.properties()) {
      JsonNode value = entry.getValue();
      fields.add(
          isRequired(value)
              ? Field.required(entry.getKey(), type(value))
              : Field.optional(entry.getKey(), type(value)));
    }
    return new DataType.Struct(fields);
  }

  /**
   * Returns whether the field is required. Only a field with a named type can be; structs and
   * arrays are always optional.
   */
  private static boolean isRequired(JsonNode node) {
    return node.isTextual() && node.textValue().endsWith(REQUIRED);
  }

  private static DataType type(JsonNode node) {
    if (node.isArray() && node.size() == 1) {
      return new DataType.Array(type(node.get(0)));
    }
    if (node.isObject()) {
      return node.size() == 1 && node.has(ANY_KEY)
          ? new DataType.Map(type(node.get(ANY_KEY)))
          : struct(node);
    }
    if (node.isTextual()) {
      return named(node.textValue().replace(REQUIRED, ""));
    }
    throw new IllegalArgumentException(
        "A type is a name, an object or a list of one element: " + node);
  }

  private static DataType named(String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return new DataType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return DataType.Primitive.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Returns whether a field exists, or the field at the end of a dotted path through structs. */
  public boolean has(String path) {
    return find(path).isPresent();
  }

  public Optional<Field> find(String path) {
    List<Field> level = fields;
    Optional<Field> found = Optional.empty();
    for (String name : path.split("\\.", -1)) {
      found = level.stream().filter(field -> field.name().equals(name)).findFirst();
      if (found.isEmpty()) {
        return found;
      }
      level = found.get().type() instanceof DataType.Struct(var inner) ? inner : List.of();
    }
    return found;
  }

  /** Returns the notation that {@link #parse} reads, on one line. */
  public String json() {
    return json(new DataType.Struct(fields)).toString();
  }

  private static JsonNode json(DataType type) {
    var nodes = RecordJson.MAPPER.getNodeFactory();
    return switch (type) {
      case DataType.Primitive primitive ->
          nodes.textNode(primitive.name().toLowerCase(Locale.ROOT));
      case DataType.Decimal(int precision, int scale) ->
          nodes.textNode("decimal(" + precision + "," + scale + ")");
      case DataType.Array(DataType element) -> nodes.arrayNode().add(json(element));
      case DataType.Map(DataType value) -> nodes.objectNode().set(ANY_KEY, json(value));
      case DataType.Struct(List<Field> fields) -> {
        ObjectNode struct = nodes.objectNode();
        for (Field field : fields) {
          JsonNode written = json(field.type());
          struct.set(
              field.name(),
              field.isRequired() && written.isTextual()
                  ? nodes.textNode(written.textValue() + REQUIRED)
                  : written);
        }
        yield struct;
      }
    };
  }
}
