package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import java.util.Set;

/** Reads responses that are needed as a whole. */
final class HubSpotResponses {
  private static final String NOT_FOUND = "OBJECT_NOT_FOUND";

  /** The status of a response to a batch that lists errors beside its results. */
  static final Set<Integer> MULTI_STATUS = Set.of(207);

  private HubSpotResponses() {}

  /** Returns the array that a response is about. */
  static JsonNode results(JsonNode answer, String what) {
    JsonNode results = answer.path("results");
    if (!results.isArray()) {
      throw ConnectorException.protocol(
          "The answer with the %s has no array 'results'".formatted(what));
    }
    return results;
  }

  /**
   * Returns the results of a request for many objects at once. Its response lists errors beside the
   * results; that nothing was found, or that an object is gone by now, is not treated as an error.
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
