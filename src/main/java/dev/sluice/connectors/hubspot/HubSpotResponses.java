package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;

/** Answers that are read as a whole. */
final class HubSpotResponses {
  private static final String NOT_FOUND = "OBJECT_NOT_FOUND";

  private HubSpotResponses() {}

  /** The array that an answer is about. */
  static JsonNode results(JsonNode answer, String what) {
    JsonNode results = answer.path("results");
    if (!results.isArray()) {
      throw ConnectorException.protocol(
          "The answer with the %s has no array 'results'".formatted(what));
    }
    return results;
  }

  /**
   * The same of a request for many objects at once, whose answer tells beside the results what went
   * wrong: that there is nothing, or that an object is gone by now, is none of it.
   */
  static JsonNode batch(JsonNode answer, String what) {
    for (JsonNode error : answer.path("errors")) {
      String category = error.path("category").asText();
      if (!category.equals(NOT_FOUND)) {
        throw failure(
            category,
            "The %s could not be read: %s (%s)"
                .formatted(what, error.path("message").asText(), category));
      }
    }
    return results(answer, what);
  }

  private static ConnectorException failure(String category, String message) {
    return switch (category) {
      case "MISSING_SCOPES" -> ConnectorException.accessDenied(message);
      case "VALIDATION_ERROR" -> ConnectorException.configuration(message);
      default -> ConnectorException.transientFailure(message);
    };
  }
}
