package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.spi.ConnectorException;
import java.util.Set;
import java.util.TreeSet;

/** Reads responses that are needed as a whole. */
final class HubSpotResponses {
  private static final String COMPLETE = "COMPLETE";
  private static final String NOT_FOUND = "OBJECT_NOT_FOUND";

  /** The status of a response to a batch that lists errors beside its results. */
  static final Set<Integer> MULTI_STATUS = Set.of(207);

  private HubSpotResponses() {}

  /** Detects an error in a response with status 200; that of a rate limit passes. */
  static ErrorDetector errors() {
    return ErrorDetector.fieldEquals("status", "error")
        .passingWhen(answer -> answer.path("category").asText().equals("RATE_LIMITS"));
  }

  /** Returns the array that a response is about. */
  static JsonNode results(JsonNode answer, String what) {
    JsonNode results = answer.path("results");
    if (!results.isArray()) {
      throw ConnectorException.protocol(
          "The answer with the %s has no array 'results'".formatted(what));
    }
    return results;
  }

  /** Returns the text that an element of such an array must have. */
  static String required(JsonNode element, String pointer, String what) {
    String text = element.at(pointer).asText();
    if (text.isEmpty()) {
      throw ConnectorException.protocol(
          "An element of the %s has no '%s'".formatted(what, pointer.substring(1)));
    }
    return text;
  }

  /** Requires that each of these objects is told to be gone. */
  static void requireGone(Set<String> missing, JsonNode answer, String what) {
    var unexplained = new TreeSet<>(missing);
    for (JsonNode error : answer.path("errors")) {
      JsonNode ids = error.at("/context/ids");
      if (ids.isEmpty()) {
        return; // it may be about any of them
      }
      ids.forEach(id -> unexplained.remove(id.asText()));
    }
    if (!unexplained.isEmpty()) {
      throw ConnectorException.protocol(
          "The answer with the %s lacks %d that were asked for, such as %s, and does not say why"
              .formatted(what, unexplained.size(), unexplained.first()));
    }
  }

  /**
   * Returns the results of a request for many objects at once. Its response lists errors beside the
   * results; that nothing was found, or that an object is gone by now, is not treated as an error.
   */
  static JsonNode batch(JsonNode answer, String what) {
    String status = answer.path("status").asText(COMPLETE);
    if (!status.equals(COMPLETE)) {
      throw ConnectorException.transientFailure(
          "The answer with the %s is not complete, its status is '%s'".formatted(what, status));
    }
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
