package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.JsonText;

/** JSON that this program wrote itself, read back for people. */
final class JsonDocument {

  private JsonDocument() {}

  static JsonNode read(String json) {
    try {
      return JsonText.read(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON", e);
    }
  }

  /** Over several lines. */
  static String pretty(JsonNode json) {
    return json.toPrettyString();
  }
}
