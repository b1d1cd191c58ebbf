package dev.sluice.rest.json;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A link in an array, written {@code link[relation=next].url}: the field {@code url} of the element
 * of {@code link} whose {@code relation} is {@code next}.
 *
 * @param array the dotted path to the array
 */
record SelectedLink(String array, String key, String value, String field) {
  private static final Pattern NOTATION =
      Pattern.compile("([^\\[\\]]+)\\[([^=\\]]+)=([^\\]]+)]\\.([^.\\[\\]]+)");

  /** Parses a path; empty when it leads to a field that is in no array. */
  static Optional<SelectedLink> parse(String path) {
    Matcher matcher = NOTATION.matcher(path);
    if (matcher.matches()) {
      return Optional.of(
          new SelectedLink(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
    }
    if (path.indexOf('[') >= 0) {
      throw new IllegalArgumentException(
          "A link in an array is written like link[relation=next].url, not " + path);
    }
    return Optional.empty();
  }
}
