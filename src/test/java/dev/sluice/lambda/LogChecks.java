package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What is asked of everything that processes print; read when they have ended. */
final class LogChecks {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private LogChecks() {}

  /** Every line is an event or metrics, and nothing is on the other stream. */
  static void check(Path folder) {
    assertThat(lines(folder))
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line.has("_aws") || (line.has("level") && line.has("message")))
                    .as("%s", line)
                    .isTrue());
    assertThat(events(folder))
        .allSatisfy(event -> assertThat(event.path("timestamp").asText()).endsWith("Z"));
    assertThat(read(folder.resolve("stderr")).lines())
        .as("beside what the JVM says of its options")
        .allMatch(line -> line.startsWith("Picked up JAVA_TOOL_OPTIONS: "));
  }

  static List<JsonNode> events(Path folder) {
    return lines(folder).stream().filter(line -> !line.has("_aws")).toList();
  }

  static List<JsonNode> metrics(Path folder) {
    return lines(folder).stream().filter(line -> line.has("_aws")).toList();
  }

  private static List<JsonNode> lines(Path folder) {
    return read(folder.resolve("stdout")).lines().map(LogChecks::parse).toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not a line of JSON: " + line, e);
    }
  }
}
