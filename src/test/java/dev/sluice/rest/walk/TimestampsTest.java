package dev.sluice.rest.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T23:59:59Z",
        "2024-02-29T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "9999-12-31T23:59:59Z",
        "2026-01-31T23:59:59.123456789Z",
        "2026-01-31T23:59:59+02:00",
        "2026-01-31T23:59Z",
      })
  void everyFormIsReadAsTheLibraryReadsIt(String text) {
    assertThat(Timestamps.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @Test
  void everyDayOfFiveYearsIsReadAsTheLibraryReadsIt() {
    var day = Instant.parse("2023-01-01T12:34:56Z");
    for (int i = 0; i < 5 * 366; i++) {
      Instant moment = day.plusSeconds(86_400L * i);
      assertThat(Timestamps.parse(moment.toString())).isEqualTo(moment);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:59.999999999Z",
    "2016-12-31T23:59:60.5Z, 2016-12-31T23:59:59.999999999Z",
    "2016-12-31T15:59:60.123-08:00, 2016-12-31T23:59:59.999999999Z",
    "2026-01-31T23:59:59.123456789012Z, 2026-01-31T23:59:59.123456789Z",
  })
  void whatAnInstantHasNoRoomForIsTheInstantBefore(String text, Instant instant) {
    assertThat(Timestamps.parse(text)).isEqualTo(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T24:00:01Z",
        "2026-01-0aT00:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00z0",
        "2026-01-01T00:00:00",
        "2026-01-01",
        "",
      })
  void whatIsNoMomentIsRefused(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
