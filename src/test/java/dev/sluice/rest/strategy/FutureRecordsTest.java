package dev.sluice.rest.strategy;

import static dev.sluice.rest.strategy.Strategies.beforeFetch;
import static dev.sluice.rest.strategy.Strategies.filled;
import static dev.sluice.rest.strategy.Strategies.onTheFly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Increments of records that are dated ahead of the clock. */
class FutureRecordsTest {
  private static final Instant NOW = ShiftingList.BASE.plus(Duration.ofMinutes(3));

  @Test
  void aRecordDatedAheadOfTheClockHidesNothingThatIsWrittenUntilThen() {
    var source = filled(5, 6);
    source.put(90, NOW.plus(Duration.ofHours(20)));
    var reading = new Reading(onTheFly(source, Duration.ZERO), 7);
    reading.invoke(NOW);
    source.put(91, NOW.plusSeconds(60));

    List<String> next = reading.invoke(NOW.plus(Duration.ofMinutes(5)));
    List<String> dayAfter = reading.invoke(NOW.plus(Duration.ofHours(21)));

    assertThat(next).containsExactly(ShiftingList.json(91, NOW.plusSeconds(60)));
    assertThat(dayAfter).containsExactly(ShiftingList.json(90, NOW.plus(Duration.ofHours(20))));
  }

  @Test
  void aRecordFromTheFarFutureIsDeliveredOnceAndDoesNotStopTheTable() {
    ShiftingList source = filled(5, 24);
    source.put(77, Duration.ofDays(20_000).toSeconds());
    var reading = new Reading(onTheFly(source, Duration.ZERO), 7);
    reading.invoke(ShiftingList.BASE.plusSeconds(100));

    source.put(78, 150);
    List<String> news = reading.invoke(ShiftingList.BASE.plusSeconds(200));

    assertThat(news).containsExactly(ShiftingList.json(78, ShiftingList.BASE.plusSeconds(150)));
    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.versions());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCrowdFromTheFarFutureDoesNotHideTheRecordsOfToday(boolean oneDate) {
    ShiftingList source = filled(500, 24);
    for (int id = 1_000; id < 5_000; id++) {
      source.put(id, Duration.ofDays(20_000).toSeconds() + (oneDate ? 0 : id));
    }
    var reading = new Reading(onTheFly(source, Duration.ZERO), 700);
    reading.invoke(ShiftingList.BASE.plusSeconds(100));
    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.versions());

    assertThat(reading.invoke(ShiftingList.BASE.plusSeconds(105))).isEmpty();
    for (int id = 10_100; id < 11_500; id++) {
      source.put(id, 110 + (id - 10_000) / 100);
    }
    List<String> news = reading.invoke(ShiftingList.BASE.plusSeconds(200));

    assertThat(new HashSet<>(reading.records())).containsAll(source.versions());
    assertThat(news).contains(ShiftingList.json(11_499, ShiftingList.BASE.plusSeconds(124)));
  }

  @Test
  void aCrowdFromTheFarFutureThatWouldComeTwiceIsRefusedByAnAppendTable() {
    ShiftingList source = filled(500, 24);
    for (int id = 1_000; id < 5_000; id++) {
      source.put(id, Duration.ofDays(20_000).toSeconds());
    }
    var reading = new Reading(beforeFetch(source, 500), 100);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .hasMessageContaining("dated far after now in 'at'")
        .extracting(e -> ((ConnectorException) e).kind())
        .isEqualTo(ConnectorException.Kind.CONFIGURATION);
    assertThat(reading.records()).doesNotHaveDuplicates();
  }
}
