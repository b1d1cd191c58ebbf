package dev.sluice.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * How an invocation ended.
 *
 * @param body what the function answered, or the description of its error
 */
public record FunctionAnswer(String requestId, Kind kind, String body) {

  /** Who ended it. */
  public enum Kind {
    /** The function answered. */
    RESPONSE,
    /** The function failed. */
    ERROR,
    /** The process could not start to serve. */
    INITIALIZATION_ERROR,
    /** The process died, or was killed. */
    DIED,
    /** The time was over, and the process was killed for it. */
    TIMED_OUT
  }

  /** What the function answered. */
  public JsonNode json() {
    if (kind != Kind.RESPONSE) {
      throw new AssertionError("No response: " + this);
    }
    return parsed();
  }

  /** What the function said when it failed. */
  public String errorMessage() {
    if (kind != Kind.ERROR) {
      throw new AssertionError("No error: " + this);
    }
    return parsed().path("errorMessage").asText();
  }

  private JsonNode parsed() {
    try {
      return new ObjectMapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + body, e);
    }
  }
}
