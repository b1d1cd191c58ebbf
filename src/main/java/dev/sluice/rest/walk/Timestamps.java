package dev.sluice.rest.walk;

import dev.sluice.spi.ConnectorApi;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses ISO 8601 timestamps, with a short cut for the usual form {@code 2026-01-31T23:59:59Z}. */
@ConnectorApi
public final class Timestamps {
  private static final int SECONDS_OF_A_DAY = 86_400;

  private static final Pattern LEAP_SECOND = Pattern.compile("(:\\d\\d:)60(\\.\\d+)?");

  /** The digits of a second that a nanosecond has no room for. */
  private static final Pattern FINEST = Pattern.compile("(\\.\\d{9})\\d+");

  private Timestamps() {}

  /**
   * Parses a timestamp. A leap second is the last nanosecond before the next second, so that it
   * comes after what is before it.
   *
   * @throws DateTimeException when the text is not a timestamp with an offset
   */
  public static Instant parse(String text) {
    Instant usual = isPunctuatedAsUsual(text) ? usual(text) : null;
    return usual == null ? any(text) : usual;
  }

  private static Instant any(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      String leap = LEAP_SECOND.matcher(text).replaceFirst("$159.999999999");
      String representable = FINEST.matcher(leap).replaceFirst("$1");
      if (representable.equals(text)) {
        throw e;
      }
      return OffsetDateTime.parse(representable).toInstant();
    }
  }

  private static boolean isPunctuatedAsUsual(String text) {
    return text.length() == 20
        && text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':'
        && text.charAt(19) == 'Z';
  }

  /** Returns null when the parts are not numbers, or not a time of day. */
  private static @Nullable Instant usual(String text) {
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    boolean isTime = hour < 24 && minute < 60 && second < 60;
    return isTime && (year | month | day | hour | minute | second) >= 0
        ? Instant.ofEpochSecond(
            LocalDate.of(year, month, day).toEpochDay() * SECONDS_OF_A_DAY
                + 3_600L * hour
                + 60L * minute
                + second)
        : null;
  }

  /** Returns a negative number when there is anything but digits. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
