package dev.sluice.functions.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.spi.ConnectorException;

/** A reader of JSON from outside that rejects duplicate keys and excessive nesting. */
public final class StrictJson {
  private static final int DEEPEST = 50;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StrictJson() {}

  /**
   * Parses the document.
   *
   * @param place where the text comes from, for messages
   * @throws ConnectorException of kind {@code CONFIGURATION} when it is not JSON
   */
  public static JsonNode parse(String text, String place) {
    if (text.isBlank()) {
      throw ConnectorException.configuration(place + ": it is empty; it takes a JSON object");
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw refusal(e, place);
    }
  }

  /** Returns the error without the parser's own message, which quotes the text. */
  static ConnectorException refusal(JsonProcessingException failure, String place) {
    return ConnectorException.configuration(
        "%s: not well-formed JSON%s: %s".formatted(place, position(failure), reason(failure)));
  }

  private static String position(JsonProcessingException failure) {
    var location = failure.getLocation();
    return location == null
        ? ""
        : " in line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String reason(JsonProcessingException failure) {
    String message = failure.getOriginalMessage();
    if (message.startsWith("Duplicate field")) {
      return "duplicate key";
    }
    if (message.contains("nesting depth")) {
      return "nested too deeply";
    }
    return message.startsWith("Unexpected end") ? "it ends too early" : "unexpected character";
  }
}
