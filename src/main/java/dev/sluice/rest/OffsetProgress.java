package dev.sluice.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector.Reached;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The progress that an offset of any strategy of {@code rest.strategy} shows. */
@ConnectorApi
public final class OffsetProgress {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The fields that hold the instant up to which everything is read. */
  private static final List<String> INSTANTS = List.of("cursor", "until");

  /** The fields that hold a part which is under way. */
  private static final List<String> PARTS =
      List.of("pass", "sweep", "windows", "comparison", "walk", "page");

  private static final Pattern PAGE = Pattern.compile("[?&](page|offset)=(\\d+)(&|$)");

  private OffsetProgress() {}

  /** Returns how far this offset reaches. */
  public static Reached of(Offset offset) {
    try {
      JsonNode json = MAPPER.readTree(offset.json());
      return new Reached(upTo(json), newest(json), place(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An offset is JSON", e);
    }
  }

  private static Optional<Instant> upTo(JsonNode json) {
    if (json.path("parents").isObject()) {
      return upToOfParents(json);
    }
    return INSTANTS.stream()
        .flatMap(field -> instant(json.path(field)).stream())
        .findFirst()
        .or(() -> json.has("windows") ? upTo(json.get("windows")) : instant(json.path("run")));
  }

  /**
   * Returns the instant of the parent that is furthest behind. Those that the round has passed are
   * read up to its beginning; the others have been up to that of the last whole one. Parents that
   * are known by numbers are read in the order of their names, which an offset does not tell.
   */
  private static Optional<Instant> upToOfParents(JsonNode json) {
    Optional<Instant> run = instant(json.path("run"));
    Optional<Instant> whole = instant(json.path("whole"));
    String at = json.path("at").asText();
    boolean isNamed = at.chars().anyMatch(c -> c < '0' || c > '9');
    var left = new HashSet<String>();
    json.path("left").forEach(parent -> left.add(parent.asText()));
    if (at.isEmpty() && run.isPresent() && left.isEmpty()) {
      return run;
    }
    boolean isNew = left.stream().anyMatch(parent -> !json.get("parents").has(parent));
    if (isNew && whole.isEmpty()) {
      return Optional.empty();
    }
    Optional<Instant> least = isNew ? whole : Optional.empty();
    for (Map.Entry<String, JsonNode> parent : json.get("parents").properties()) {
      boolean isPassed =
          run.isPresent()
              && !left.contains(parent.getKey())
              && (at.isEmpty() || (isNamed && parent.getKey().compareTo(at) < 0));
      Optional<Instant> own = isPassed ? run : latest(upTo(parent.getValue()), whole);
      if (own.isEmpty()) {
        return Optional.empty();
      }
      least = least.filter(known -> known.isBefore(own.get())).or(() -> own);
    }
    return least;
  }

  private static Optional<Instant> newest(JsonNode json) {
    Optional<Instant> newest = instant(json.path("cursor"));
    for (JsonNode parent : json.path("parents")) {
      newest = latest(newest, newest(parent));
    }
    return newest;
  }

  private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
    return one.filter(first -> other.map(first::isAfter).orElse(true)).or(() -> other);
  }

  private static Optional<Instant> instant(JsonNode text) {
    try {
      return text.isTextual() ? Optional.of(Instant.parse(text.textValue())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> place(JsonNode json) {
    if (!json.isObject()) {
      return Optional.empty();
    }
    var parts = new ArrayList<String>();
    JsonNode at = json.path("at");
    if (at.isTextual() && json.path("parents").isObject()) {
      parts.add(at.textValue());
      place(json.get("parents").path(at.textValue())).ifPresent(parts::add);
    }
    for (String field : INSTANTS) {
      if (json.path(field).isTextual()) {
        parts.add(field + " " + json.get(field).textValue());
      }
    }
    page(json).ifPresent(parts::add);
    PARTS.forEach(part -> place(json.path(part)).ifPresent(parts::add));
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
  }

  /** Returns the number of the page that a parameter of the saved request has. */
  private static Optional<String> page(JsonNode json) {
    if (json.path("page").isIntegralNumber()) {
      return Optional.of("page " + json.get("page").asText());
    }
    for (JsonNode parameter : json.path("query")) {
      String name = parameter.path("name").asText();
      if (name.equals("page") || name.equals("offset")) {
        return Optional.of(name + " " + parameter.path("value").asText());
      }
    }
    var link = PAGE.matcher(json.path("path").asText());
    return link.find() ? Optional.of(link.group(1) + " " + link.group(2)) : Optional.empty();
  }
}
