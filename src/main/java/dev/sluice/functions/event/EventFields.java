package dev.sluice.functions.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipeline.Spelling;
import dev.sluice.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The fields of one JSON object of an event. Reads strictly; every error says where it is. */
final class EventFields {
  private static final int LONGEST_NAME = 100;
  private static final int MOST_NAMES = 1000;

  private final ObjectNode object;
  private final String place;

  private EventFields(ObjectNode object, String place) {
    this.object = object;
    this.place = place;
  }

  /**
   * @param place where the object is, such as {@code Records[3].body}
   */
  static EventFields of(JsonNode node, String place) {
    if (node instanceof ObjectNode object) {
      return new EventFields(object, place);
    }
    throw ConnectorException.configuration(
        "%s: this is %s; it takes a JSON object".formatted(place, type(node)));
  }

  EventFields allow(String... names) {
    List<String> known = Arrays.asList(names);
    for (String name : keys()) {
      if (!known.contains(name)) {
        throw error(
            "unknown key '%s'; %s"
                .formatted(UntrustedText.excerpt(name), Spelling.of(known).hint(name)));
      }
    }
    return this;
  }

  List<String> keys() {
    var keys = new ArrayList<String>();
    object.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  boolean has(String name) {
    return object.has(name);
  }

  /** Returns an object within this one; an empty one when there is none. */
  EventFields fields(String name) {
    return of(object.path(name).isMissingNode() ? object.objectNode() : node(name), at(name));
  }

  JsonNode node(String name) {
    return object.path(name);
  }

  /** Returns the name of a pipeline or a table. */
  String name(String name) {
    return checkedName(require(name), at(name));
  }

  /** Returns a list of names without repetitions; empty when there is none. */
  List<String> names(String name) {
    if (!has(name)) {
      return List.of();
    }
    JsonNode list = node(name);
    if (!list.isArray() || list.isEmpty()) {
      throw error(
          "'%s' is %s; expected a list of names; leave it out for all"
              .formatted(name, list.isArray() ? "empty" : type(list)));
    }
    if (list.size() > MOST_NAMES) {
      throw error("'%s' has %d names; it takes %d".formatted(name, list.size(), MOST_NAMES));
    }
    var names = new LinkedHashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      names.add(checkedName(list.get(i), "%s[%d]".formatted(at(name), i)));
    }
    return new ArrayList<>(names);
  }

  /** Returns a text of any content. */
  String text(String name) {
    JsonNode node = require(name);
    if (!node.isTextual()) {
      throw error("'%s' is %s; it takes a text".formatted(name, type(node)));
    }
    return node.textValue();
  }

  Optional<Integer> number(String name, int least, int most) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode node = node(name);
    if (!node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < least
        || node.intValue() > most) {
      throw error("'%s' takes a whole number from %d to %d".formatted(name, least, most));
    }
    return Optional.of(node.intValue());
  }

  Optional<Instant> instant(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(text(name)));
    } catch (DateTimeParseException e) {
      throw error("'%s' takes an instant such as 2026-01-31T00:00:00Z".formatted(name));
    }
  }

  ConnectorException error(String message) {
    return ConnectorException.configuration(place + ": " + message);
  }

  private JsonNode require(String name) {
    if (!has(name)) {
      throw error("'%s' is missing".formatted(name));
    }
    return node(name);
  }

  private String at(String name) {
    return place + "." + name;
  }

  private static String checkedName(JsonNode node, String place) {
    if (!node.isTextual()) {
      throw ConnectorException.configuration(
          "%s: this is %s; it takes a name".formatted(place, type(node)));
    }
    String name = node.textValue();
    if (name.length() > LONGEST_NAME) {
      throw ConnectorException.configuration(
          "%s: the name has %d characters; it takes at most %d"
              .formatted(place, name.length(), LONGEST_NAME));
    }
    if (name.isBlank()
        || !name.equals(name.strip())
        || name.chars().anyMatch(Character::isISOControl)
        || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw ConnectorException.configuration(
          "%s: '%s' is not a valid name (blank, surrounding spaces or control characters)"
              .formatted(place, UntrustedText.excerpt(name)));
    }
    return name;
  }

  private static String type(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT, POJO -> "an object";
      case ARRAY -> "a list";
      case STRING, BINARY -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case MISSING -> "nothing";
    };
  }
}
