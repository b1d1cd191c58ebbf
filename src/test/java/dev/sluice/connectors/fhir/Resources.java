package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Resources to be served: together, those of a type have every element that its table names. */
final class Resources {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(
              com.fasterxml.jackson.databind.cfg.JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private Resources() {}

  static List<ObjectNode> ofType(String type) {
    try (InputStream in = Resources.class.getResourceAsStream("served/" + type + ".json")) {
      List<ObjectNode> resources = new ArrayList<>();
      for (JsonNode resource : MAPPER.readTree(Objects.requireNonNull(in, type))) {
        resources.add((ObjectNode) resource);
      }
      return resources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of them, another for another number. */
  static ObjectNode ofType(String type, int number) {
    List<ObjectNode> resources = ofType(type);
    return resources.get(number % resources.size());
  }
}
