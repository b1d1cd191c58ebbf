package dev.sluice.connectors.example.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.SourceRecord;
import java.io.UncheckedIOException;

/** Reads the JSON of requests and writes the JSON of responses. */
final class ApiJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ApiJson() {}

  /** Returns an empty object. */
  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text unchanged, after a check that it is one JSON object. */
  static SourceRecord parse(String text) {
    try {
      if (MAPPER.readTree(text).isObject()) {
        return SourceRecord.of(text);
      }
    } catch (JsonProcessingException e) {
      throw RefusedRequest.badRequest("The body is not JSON: " + e.getOriginalMessage());
    }
    throw RefusedRequest.badRequest("The body must be a JSON object");
  }
}
