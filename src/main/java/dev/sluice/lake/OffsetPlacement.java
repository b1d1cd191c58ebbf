package dev.sluice.lake;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The rule by which a store keeps an offset, or its reading, among its attributes: a short one
 * inline, a long one as an object of the lake that an attribute names.
 *
 * @param inline the attribute that holds the JSON of a short one
 * @param beside the attribute that holds the name of a long one's object
 * @param limit the most bytes of JSON, in UTF-8, that are kept inline
 */
public record OffsetPlacement(String inline, String beside, int limit) {

  /** The attribute that holds an offset; the attribute {@code absent} is then missing. */
  public record Attribute(String name, String value, String absent) {}

  /**
   * Places an offset or a reading.
   *
   * @param json it as this store writes it inline
   * @param keep keeps a long one as an object, and returns its name
   */
  public Attribute place(String json, Supplier<String> keep) {
    return json.getBytes(StandardCharsets.UTF_8).length <= limit
        ? new Attribute(inline, json, beside)
        : new Attribute(beside, keep.get(), inline);
  }

  /**
   * Tells whether these attributes name an object. An offset of an earlier release may be inline.
   */
  public boolean isBeside(Map<String, ?> attributes) {
    return attributes.containsKey(beside);
  }
}
