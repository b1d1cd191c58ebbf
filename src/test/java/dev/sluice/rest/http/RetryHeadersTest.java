package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHeadersTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LONGEST = NOW.plus(Duration.ofDays(1));

  /** Headers as {@code Name: value}. */
  private static Answer answer(String... headers) {
    var map = new MultivaluedHashMap<String, String>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      map.add(header.substring(0, colon), header.substring(colon + 1));
    }
    return new Answer(Request.Method.GET, "https://h", 429, map, new byte[0], 0);
  }

  @ParameterizedTest
  @CsvSource({
    "1,2026-03-01T12:00:01Z",
    "' 60 ',2026-03-01T12:01:00Z",
    "5.0,2026-03-01T12:00:05Z",
    "1.5,2026-03-01T12:00:02Z",
    "0.001,2026-03-01T12:00:01Z",
    "7.,2026-03-01T12:00:07Z",
    "1772366700,2026-03-01T12:05:00Z",
    "1772366700.25,2026-03-01T12:05:01Z",
    "1772366700000,2026-03-01T12:05:00Z",
    "'Sun, 01 Mar 2026 12:00:30 GMT',2026-03-01T12:00:30Z",
    "'Sun, 1 Mar 2026 13:00:30 +0100',2026-03-01T12:00:30Z",
    "'Sunday, 01-Mar-26 12:00:30 GMT',2026-03-01T12:00:30Z",
    "'Sun Mar  1 12:00:30 2026',2026-03-01T12:00:30Z",
    "'Sun Mar 01 12:00:30 2026',2026-03-01T12:00:30Z"
  })
  void retryAfterIsANumberOfSecondsOrADate(String value, Instant expected) {
    assertThat(RetryHeaders.resumeAt(answer("retry-AFTER: " + value), NOW)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        ".5",
        "1,5",
        "0.0",
        "1000000000",
        "Sunday, 01-Mar-25 12:00:30 GMT",
        "Sun Mar  1 12:00:30",
        "soon",
        "+5",
        "٣",
        "Sun, 01 Mar 2026 11:00:00 GMT",
        "Mon, 99 Foo 2026 12:00:00 GMT"
      })
  void whatCannotBeReadOrIsNotInTheFutureWasNotSaid(String value) {
    assertThat(RetryHeaders.resumeAt(answer("Retry-After: " + value), NOW)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "86401",
        "99999999999",
        "9999999999999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT"
      })
  void absurdWaitIsADay(String value) {
    assertThat(RetryHeaders.resumeAt(answer("Retry-After: " + value), NOW)).contains(LONGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "1772366700,2026-03-01T12:05:00Z",
    "300,2026-03-01T12:05:00Z",
    "299.5,2026-03-01T12:05:00Z",
    "1772366700000,2026-03-01T12:05:00Z"
  })
  void resetIsATimeOrANumberOfSeconds(String reset, Instant expected) {
    var limited = answer("X-RateLimit-Remaining: 0", "X-RateLimit-Reset: " + reset);

    assertThat(RetryHeaders.resumeAt(limited, NOW)).contains(expected);
  }

  @Test
  void resetCountsOnlyWhenNothingRemains() {
    var open = answer("X-RateLimit-Remaining: 5", "X-RateLimit-Reset: 1772366700");

    assertThat(RetryHeaders.resumeAt(open, NOW)).isEmpty();
    assertThat(RetryHeaders.isLimited(open)).isFalse();
    assertThat(RetryHeaders.isLimited(answer("X-RateLimit-Remaining: 0"))).isTrue();
    assertThat(RetryHeaders.isLimited(answer("Retry-After: 1"))).isTrue();
    assertThat(RetryHeaders.isLimited(answer())).isFalse();
  }

  @Test
  void retryAfterGoesBeforeTheReset() {
    var both =
        answer("Retry-After: 7", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1772366700");

    assertThat(RetryHeaders.resumeAt(both, NOW)).contains(NOW.plusSeconds(7));
  }
}
