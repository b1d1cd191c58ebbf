package dev.sluice.connectors.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.testkit.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What GitHub's description of its API says of requests. The real server ignores a parameter that
 * it does not know, so that a connector with such a one loses records and sees no error.
 */
final class GitHubOperations {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final JsonNode DESCRIBED = described();

  private GitHubOperations() {}

  private static JsonNode described() {
    try (InputStream resource = GitHubOperations.class.getResourceAsStream("operations.json")) {
      return MAPPER.readTree(Objects.requireNonNull(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a request asks that GitHub does not describe; empty when all is well. */
  static List<String> problems(Call call) {
    String request = call.method() + " " + call.path();
    Optional<Map.Entry<String, JsonNode>> found =
        DESCRIBED.properties().stream()
            .filter(operation -> isOf(request, operation.getKey(), operation.getValue()))
            .findFirst();
    if (found.isEmpty()) {
      return List.of(request + ": no such operation");
    }
    JsonNode operation = found.get().getValue();
    List<String> problems = new ArrayList<>();
    missing(operation).ifPresent(problems::add);
    call.query()
        .forEach(
            (name, value) ->
                problem(operation.path("query").path(name), value)
                    .ifPresent(problem -> problems.add(name + "=" + value + " " + problem)));
    problems.addAll(ofBody(operation.path("body"), call.body()));
    return problems.stream().map(problem -> request + ": " + problem).toList();
  }

  /** A part in braces is any text without a slash, and a number where one is due. */
  private static boolean isOf(String request, String template, JsonNode operation) {
    String[] given = request.split("/", -1);
    String[] wanted = template.split("/", -1);
    boolean matches = given.length == wanted.length;
    for (int i = 0; matches && i < given.length; i++) {
      boolean isParameter = wanted[i].startsWith("{");
      String name = isParameter ? wanted[i].substring(1, wanted[i].length() - 1) : "";
      matches =
          isParameter
              ? !given[i].isEmpty()
                  && problem(operation.path("path").path(name), given[i]).isEmpty()
              : given[i].equals(wanted[i]);
    }
    return matches;
  }

  private static Optional<String> missing(JsonNode facts) {
    JsonNode servers = facts.path("missingIn");
    return servers.isEmpty() ? Optional.empty() : Optional.of("is not known to " + servers);
  }

  private static Optional<String> problem(JsonNode facts, String value) {
    if (facts.isMissingNode()) {
      return Optional.of("is not described");
    }
    if (missing(facts).isPresent()) {
      return missing(facts);
    }
    boolean fits =
        switch (facts.path("type").asText()) {
          case "integer" ->
              value.matches("\\d{1,18}")
                  && Long.parseLong(value) <= facts.path("maximum").asLong(Long.MAX_VALUE);
          case "boolean" -> value.equals("true") || value.equals("false");
          default -> isAmong(facts.path("values"), value) && isFormatted(facts, value);
        };
    return fits ? Optional.empty() : Optional.of("is none of " + facts);
  }

  private static boolean isAmong(JsonNode values, String value) {
    return values.isMissingNode() || MAPPER.convertValue(values, List.class).contains(value);
  }

  private static boolean isFormatted(JsonNode facts, String value) {
    try {
      return !facts.path("format").asText().equals("date-time")
          || OffsetDateTime.parse(value).toEpochSecond() > 0;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static List<String> ofBody(JsonNode described, String body) {
    if (body.isEmpty()) {
      return List.of();
    }
    List<String> problems = new ArrayList<>();
    try {
      for (Map.Entry<String, JsonNode> field : MAPPER.readTree(body).properties()) {
        JsonNode facts = described.path(field.getKey());
        String type = field.getValue().getNodeType().name();
        if (!facts.path("type").asText().equalsIgnoreCase(type)) {
          problems.add("field " + field.getKey() + " is not described as " + type);
        }
        field
            .getValue()
            .fieldNames()
            .forEachRemaining(
                name -> {
                  if (!isAmong(facts.path("fields"), name)) {
                    problems.add("field " + field.getKey() + "." + name + " is not described");
                  }
                });
      }
    } catch (JsonProcessingException e) {
      problems.add("the body is no JSON");
    }
    return problems;
  }
}
