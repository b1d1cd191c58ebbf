package dev.sluice.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;

/** A reader of JSON that this program wrote itself, to show it to people. */
public final class JsonDocument {

  private JsonDocument() {}

  public static JsonNode read(String json) {
    try {
      return JsonText.read(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON", e);
    }
  }

  /** Formats JSON over several lines. */
  public static String pretty(JsonNode json) {
    return json.toPrettyString();
  }
}
