package dev.sluice.rest.json;

import java.util.Optional;

/**
 * The place of the records: an array, or, written {@code entry[].resource}, a field of each element
 * of an array.
 *
 * @param array the dotted path to the array; empty when the response is the array
 */
public record RecordPath(String array, Optional<String> field) {
  /** The path of a response that is itself the one record. */
  public static final String WHOLE = ".";

  private static final String ELEMENT = "[].";

  boolean isWhole() {
    return array.equals(WHOLE);
  }

  static RecordPath parse(String path) {
    int element = path.indexOf(ELEMENT);
    return element < 0
        ? new RecordPath(path, Optional.empty())
        : new RecordPath(
            path.substring(0, element), Optional.of(path.substring(element + ELEMENT.length())));
  }
}
