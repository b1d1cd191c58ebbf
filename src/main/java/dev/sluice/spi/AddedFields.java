package dev.sluice.spi;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Text fields that a connector adds to many of its records. They are the same in each record and
 * are encoded once.
 */
public final class AddedFields {
  static final AddedFields NONE = new AddedFields(Map.of());

  private final Map<String, String> texts;
  private final byte[] members;

  private AddedFields(Map<String, String> texts) {
    this.texts = texts;
    var json = new ByteArrayOutputStream();
    texts.forEach(
        (field, value) -> {
          json.write(',');
          json.writeBytes(encoded(field));
          json.write(':');
          json.writeBytes(encoded(value));
        });
    this.members = json.toByteArray();
  }

  public static AddedFields of(String field, String value) {
    return NONE.and(field, value);
  }

  /** Returns these fields and one more, which replaces a field of the same name. */
  public AddedFields and(String field, String value) {
    var all = new LinkedHashMap<>(texts);
    all.put(field, value);
    return new AddedFields(all);
  }

  boolean isEmpty() {
    return texts.isEmpty();
  }

  Map<String, String> texts() {
    return texts;
  }

  Optional<String> text(String field) {
    return Optional.ofNullable(texts.get(field));
  }

  /** Returns the fields as members of a JSON object, each with a comma before it. */
  byte[] members() {
    return members;
  }

  static byte[] encoded(String text) {
    try {
      return RecordJson.MAPPER.writeValueAsBytes(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Text that cannot be written as JSON", e);
    }
  }
}
