package dev.sluice.functions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Keeps what is printed, to be read as lines of JSON. */
public final class Printed {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8);

  public PrintStream stream() {
    return stream;
  }

  public String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Fails on a line that is not one document. */
  List<JsonNode> documents() {
    return text().lines().map(Printed::parse).toList();
  }

  /** The events. */
  public List<JsonNode> events() {
    return documents().stream().filter(document -> !document.has("_aws")).toList();
  }

  /** The metrics. */
  public List<JsonNode> metrics() {
    return documents().stream().filter(document -> document.has("_aws")).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not a line of JSON: " + line, e);
    }
  }
}
