package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The choice of a table's columns: those of the resource as FHIR R4 describes it, and those that a
 * profile adds. The columns are in files next to this class, the types that they share in {@code
 * types.json}.
 */
record Profile(String name) {
  static final String BASE_R4 = "base_r4";
  static final String UK_CORE = "uk_core";

  /** The one type that a profile adds columns to. */
  private static final String PROFILED = "Patient";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Returns whether a profile makes a difference for the resources of a type. */
  static boolean isFor(String resourceType) {
    return resourceType.equals(PROFILED);
  }

  Schema schema(String resourceType) {
    ObjectNode columns = MAPPER.createObjectNode();
    add("Resource", columns);
    add(resourceType, columns);
    add(resourceType + "." + name, columns);
    return Schema.parse(expanded(columns, file("types.json")).toString());
  }

  private static void add(String file, ObjectNode columns) {
    columns.setAll(file(file + ".json"));
  }

  /** Reads a file; empty where there is none, for a resource type without columns of its own. */
  private static ObjectNode file(String name) {
    try (InputStream in = Profile.class.getResourceAsStream(name)) {
      return in == null ? MAPPER.createObjectNode() : (ObjectNode) MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the node with names of types replaced by their definitions. */
  private static JsonNode expanded(JsonNode node, ObjectNode types) {
    if (node.isTextual()) {
      JsonNode type = types.get(node.textValue());
      return type == null ? node : expanded(type, types);
    }
    if (node.isArray()) {
      ArrayNode array = MAPPER.createArrayNode();
      node.forEach(element -> array.add(expanded(element, types)));
      return array;
    }
    ObjectNode object = MAPPER.createObjectNode();
    node.properties()
        .forEach(field -> object.set(field.getKey(), expanded(field.getValue(), types)));
    return object;
  }

  /** Returns an emitter that adds the profile's columns. */
  RecordEmitter adding(String resourceType, RecordEmitter out) {
    return name.equals(UK_CORE) && isFor(resourceType)
        ? out.changing(UkCorePatient::withColumns)
        : out;
  }
}
