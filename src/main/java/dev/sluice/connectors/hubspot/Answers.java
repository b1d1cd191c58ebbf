package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;

/** Answers that are read as a whole. */
final class Answers {

  private Answers() {}

  /** The array that an answer is about. */
  static JsonNode results(JsonNode answer, String what) {
    JsonNode results = answer.path("results");
    if (!results.isArray()) {
      throw ConnectorException.protocol(
          "The answer with the %s has no array 'results'".formatted(what));
    }
    return results;
  }
}
