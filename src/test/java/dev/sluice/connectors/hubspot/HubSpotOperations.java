package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.testkit.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What HubSpot's published description of its API says of requests. */
final class HubSpotOperations {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonNode DESCRIBED = described();

  /** Described as texts, although HubSpot's guide to searches has objects there, as we do. */
  private static final String SORTS = "sorts[]";

  private HubSpotOperations() {}

  private static JsonNode described() {
    try (InputStream resource = HubSpotOperations.class.getResourceAsStream("operations.json")) {
      return MAPPER.readTree(Objects.requireNonNull(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that are described, as {@link #of} names them. */
  static List<String> all() {
    return DESCRIBED.properties().stream().map(Map.Entry::getKey).toList();
  }

  /** Which of them a request is. */
  static Optional<String> of(Call call) {
    String request = call.method() + " " + call.path();
    return all().stream().filter(template -> isOf(request, template)).findFirst();
  }

  /** What a request has in it that HubSpot does not describe; empty when all is well. */
  static List<String> problems(Call call) {
    Optional<String> operation = of(call);
    if (operation.isEmpty()) {
      return List.of("no such operation: " + call.method() + " " + call.path());
    }
    JsonNode facts = DESCRIBED.path(operation.get());
    List<String> problems = new ArrayList<>();
    call.query()
        .forEach((name, value) -> check(facts.path("query").path(name), name, value, problems));
    if (facts.path("type").asText().endsWith("json")) {
      ofJson(facts.path("body"), call.body(), problems);
    } else if (!call.body().isEmpty()) {
      Arrays.stream(call.body().split("&", -1))
          .map(field -> field.split("=", 2))
          .forEach(field -> check(facts.path("body").path(field[0]), field[0], field[1], problems));
    }
    return problems;
  }

  private static void check(JsonNode type, String name, String value, List<String> problems) {
    boolean fits =
        switch (type.asText()) {
          case "integer" -> value.matches("-?\\d{1,18}");
          case "boolean" -> value.equals("true") || value.equals("false");
          default -> !type.isMissingNode();
        };
    if (!fits) {
      problems.add("%s=%s is not described".formatted(name, value));
    }
  }

  private static void ofJson(JsonNode described, String body, List<String> problems) {
    try {
      MAPPER
          .readTree(body)
          .properties()
          .forEach(field -> check(described, field.getKey(), field.getValue(), problems));
    } catch (JsonProcessingException e) {
      problems.add("the body is no JSON");
    }
  }

  private static void check(
      JsonNode described, String name, JsonNode value, List<String> problems) {
    if (name.equals(SORTS)) {
      return;
    }
    String type = value.isInt() ? "integer" : value.getNodeType().name();
    if (!described.path(name).asText().equalsIgnoreCase(type)) {
      problems.add("%s is not described as %s".formatted(name, type));
    }
    value
        .properties()
        .forEach(
            field -> check(described, name + "." + field.getKey(), field.getValue(), problems));
    if (value.isArray()) {
      value.forEach(element -> check(described, name + "[]", element, problems));
    }
  }

  /** A part in braces is any text without a slash. */
  private static boolean isOf(String request, String template) {
    String[] given = request.split("/", -1);
    String[] wanted = template.split("/", -1);
    boolean matches = given.length == wanted.length;
    for (int i = 0; matches && i < given.length; i++) {
      matches = wanted[i].startsWith("{") ? !given[i].isEmpty() : given[i].equals(wanted[i]);
    }
    return matches;
  }
}
