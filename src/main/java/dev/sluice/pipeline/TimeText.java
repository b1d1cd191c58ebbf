package dev.sluice.pipeline;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Reads a length of time as people write it: {@code 90s}, {@code 10m}, {@code 1h30m}. */
public final class TimeText {
  private static final Duration LONGEST = Duration.ofDays(7);

  private TimeText() {}

  /**
   * Returns the length of time that the text says.
   *
   * @throws IllegalArgumentException with a message for the user when it is no length of time
   *     between a second and seven days
   */
  public static Duration parse(String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    Duration time;
    try {
      time = Duration.parse(iso(value));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw refusal(text, e);
    }
    if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "'%s' is out of range; it takes one second to seven days".formatted(text));
    }
    return time;
  }

  private static String iso(String value) {
    if (value.startsWith("p")) {
      return value;
    }
    int day = value.indexOf('d');
    return day < 0
        ? "pt" + value
        : "p"
            + value.substring(0, day + 1)
            + (day + 1 < value.length() ? "t" : "")
            + value.substring(day + 1);
  }

  private static IllegalArgumentException refusal(String text, Exception cause) {
    return new IllegalArgumentException(
        "'%s' is not a length of time; write it like 90s, 10m or 1h30m".formatted(text), cause);
  }
}
