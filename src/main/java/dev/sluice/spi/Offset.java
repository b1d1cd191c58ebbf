package dev.sluice.spi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A position in a table, as a JSON object. The runtime does not look inside; to the connector's
 * author it is a record of the connector's own. Two offsets are equal when their JSON is.
 */
public final class Offset {

  /** The position before the first record. */
  public static final Offset START = new Offset("{}");

  private final Supplier<String> json;

  @JsonCreator(mode = JsonCreator.Mode.DISABLED)
  private Offset(String json) {
    this.json = () -> json;
  }

  @JsonCreator(mode = JsonCreator.Mode.DISABLED)
  private Offset(Supplier<String> json) {
    this.json = json;
  }

  /** The JSON of a record that is made when somebody asks for it. */
  private static final class Later implements Supplier<String> {
    private final Supplier<? extends Record> position;
    private @Nullable String json;

    Later(Supplier<? extends Record> position) {
      this.position = position;
    }

    @Override
    public String get() {
      String made = Optional.ofNullable(json).orElseGet(() -> of(position.get()).json());
      json = made;
      return made;
    }
  }

  /** Returns the position that a connector's own record describes. */
  public static Offset of(Record position) {
    try {
      return parse(RecordJson.MAPPER.writeValueAsString(position));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "An offset must be writable as JSON: " + position.getClass().getName(), e);
    }
  }

  /**
   * Returns the position that a record will describe, which is made when somebody asks for it: most
   * marks are never used, and a large offset costs time.
   */
  public static Offset later(Supplier<? extends Record> position) {
    return new Offset(new Later(position));
  }

  /** Returns an offset that is stored within another one, such as that of a part of a table. */
  @JsonCreator
  static Offset of(JsonNode json) {
    return parse(json.toString());
  }

  /** Reads back what {@link #json} wrote. */
  public static Offset parse(String json) {
    try {
      JsonNode tree = RecordJson.MAPPER.readTree(json);
      if (!tree.isObject()) {
        throw ConnectorException.configuration("An offset is a JSON object, not " + json);
      }
      return new Offset(storable(RecordJson.MAPPER.writeValueAsString(tree)));
    } catch (JsonProcessingException | NumberFormatException e) {
      throw ConnectorException.configuration("An offset is a JSON object, not " + json, e);
    }
  }

  /**
   * Escapes halves of surrogate pairs: written as bytes, they could not be read back from a store.
   */
  private static String storable(String json) {
    if (json.codePoints().noneMatch(Offset::isHalf)) {
      return json;
    }
    var text = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            c -> {
              if (isHalf(c)) {
                text.append("\\u%04X".formatted(c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  private static boolean isHalf(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  public boolean isStart() {
    return json().equals(START.json());
  }

  /**
   * Returns the connector's own record; empty at the start.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when this offset has another shape,
   *     such as one of another connector or of a newer release: it never starts silently from the
   *     beginning
   */
  public <T extends Record> Optional<T> as(Class<T> type) {
    if (isStart()) {
      return Optional.empty();
    }
    try {
      return Optional.of(RecordJson.MAPPER.readValue(json(), type));
    } catch (JsonProcessingException e) {
      throw ConnectorException.configuration(
          "The saved offset %s is not one that this release can read; run the release that wrote it, or begin again with 'state reset'"
              .formatted(json()),
          e);
    }
  }

  /** Returns compact JSON on one line. */
  @JsonValue
  @JsonRawValue
  public String json() {
    return json.get();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offset that && json().equals(that.json());
  }

  @Override
  public int hashCode() {
    return json().hashCode();
  }

  @Override
  public String toString() {
    return json();
  }
}
