package dev.sluice.rest.http;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads from response headers when the source may be asked again. Ignores what cannot be read or is
 * not in the future; shortens a wait of more than a day to a day.
 */
final class RetryHeaders {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final List<String> PREFIXES =
      List.of("x-ratelimit-", "ratelimit-", "x-rate-limit-");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}(\\.[0-9]{0,40})?");

  /** A number from here on is no span: the seconds since 1970. */
  private static final BigDecimal EPOCH = BigDecimal.valueOf(1_000_000_000L);

  /** A number from here on counts milliseconds since 1970. */
  private static final BigDecimal EPOCH_MILLIS = BigDecimal.valueOf(100_000_000_000L);

  private static final BigDecimal LAST_MILLIS = BigDecimal.valueOf(99_999_999_999_999L);

  /** The three forms of a date that HTTP knows (RFC 9110, section 5.6.7), the usual one first. */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH)
              .withZone(ZoneOffset.UTC));

  private RetryHeaders() {}

  /**
   * Returns the instant that {@code Retry-After} names, else the reset of an exhausted rate limit.
   */
  static Optional<Instant> resumeAt(Answer answer, Instant now) {
    return retryAfter(answer, now)
        .or(() -> reset(answer, now))
        .filter(at -> at.isAfter(now))
        .map(at -> at.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : at);
  }

  /**
   * Decides whether the response says that the limit is reached, which distinguishes such a 403
   * from a denial.
   */
  static boolean isLimited(Answer answer) {
    return answer.header("retry-after").isPresent()
        || PREFIXES.stream()
            .anyMatch(p -> answer.header(p + "remaining").filter("0"::equals).isPresent());
  }

  private static Optional<Instant> retryAfter(Answer answer, Instant now) {
    return answer
        .header("retry-after")
        .flatMap(
            text ->
                number(text, now)
                    .or(() -> DATES.stream().flatMap(d -> date(d, text).stream()).findFirst()));
  }

  private static Optional<Instant> reset(Answer answer, Instant now) {
    for (String prefix : PREFIXES) {
      if (answer.header(prefix + "remaining").filter("0"::equals).isPresent()) {
        return answer.header(prefix + "reset").flatMap(text -> number(text, now));
      }
    }
    return Optional.empty();
  }

  /**
   * Converts a number of seconds to wait, or since 1970, which GitHub and most others send as a
   * reset. Sources write fractions too: rounded up, so that nobody comes too early.
   */
  private static Optional<Instant> number(String text, Instant now) {
    if (!NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(text).setScale(0, RoundingMode.CEILING);
    if (number.compareTo(EPOCH_MILLIS) >= 0) {
      return Optional.of(Instant.ofEpochMilli(number.min(LAST_MILLIS).longValue()));
    }
    return Optional.of(
        number.compareTo(EPOCH) >= 0
            ? Instant.ofEpochSecond(number.longValue())
            : now.plusSeconds(number.longValue()));
  }

  private static Optional<Instant> date(DateTimeFormatter form, String text) {
    try {
      return Optional.of(Instant.from(form.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
