package dev.sluice.rest.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Reads from response headers when the source may be asked again. Ignores what cannot be read or is
 * not in the future; shortens a wait of more than a day to a day.
 */
final class RetryHeaders {
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final List<String> PREFIXES =
      List.of("x-ratelimit-", "ratelimit-", "x-rate-limit-");

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
    var header = answer.header("retry-after");
    var seconds = header.flatMap(RetryHeaders::number);
    return seconds.isPresent()
        ? Optional.of(after(now, seconds.get()))
        : header.flatMap(RetryHeaders::date);
  }

  private static Optional<Instant> reset(Answer answer, Instant now) {
    for (String prefix : PREFIXES) {
      if (answer.header(prefix + "remaining").filter("0"::equals).isPresent()) {
        return answer
            .header(prefix + "reset")
            .flatMap(RetryHeaders::number)
            .map(number -> instant(number, now));
      }
    }
    return Optional.empty();
  }

  /**
   * Converts the seconds since 1970, as GitHub and most others send them; a small number is the
   * seconds to wait.
   */
  private static Instant instant(long number, Instant now) {
    return number < 1_000_000_000 ? after(now, number) : Instant.ofEpochSecond(number);
  }

  private static Instant after(Instant now, long seconds) {
    return now.plusSeconds(Math.min(seconds, LONGEST.toSeconds()));
  }

  /**
   * Parses any number of digits; replaces what an instant cannot express by a time far in the
   * future.
   */
  private static Optional<Long> number(String text) {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    return Optional.of(text.length() > 11 ? 99_999_999_999L : Long.parseLong(text));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
