package dev.sluice.functions.log;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A name in the form that CloudWatch accepts for a dimension. */
final class DimensionValue {
  private static final int LONGEST = 255;

  private DimensionValue() {}

  static String of(String name) {
    boolean taken =
        !name.isBlank()
            && !name.startsWith(":")
            && name.chars().allMatch(character -> character >= ' ' && character <= '~');
    String value = taken ? name : URLEncoder.encode(name, StandardCharsets.UTF_8);
    return value.length() <= LONGEST ? value : value.substring(0, LONGEST);
  }
}
