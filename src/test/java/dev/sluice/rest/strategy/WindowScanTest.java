package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.SourceClock;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowScanTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private static Reading.Read scans(WindowScan.Source source, Duration lookback) {
    return (context, start, out) ->
        WindowScan.of(
                context,
                new SourceClock(context.clock()),
                source,
                List.of("id"),
                lookback,
                Options.NONE)
            .read(start, out);
  }

  /** Dates that fall while ids rise, so that a cursor on the date would jump over most of it. */
  private static KeyedList filled(int count) {
    var source = new KeyedList(3);
    for (int id = 0; id < count; id++) {
      source.put(id, NOW.minusSeconds(60L * (id + 1)));
    }
    return source;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100})
  void everyCapDeliversEachRecordOnce(int cap) {
    var source = filled(20);
    var reading = new Reading(scans(source, Duration.ZERO), cap);

    reading.invoke(NOW);

    assertThat(reading.records()).containsExactlyElementsOf(source.all());
  }

  @Test
  void oneTimestampOfAnyNumberOfRecordsIsCutAnywhere() {
    var source = new KeyedList(3);
    for (int id = 0; id < 5_000; id++) {
      source.put(id, NOW.minusSeconds(1));
    }
    var reading = new Reading(scans(source, TEN_MINUTES), 100);

    reading.invoke(NOW);

    assertThat(reading.records()).containsExactlyElementsOf(source.all());
    assertThat(reading.batches()).isEqualTo(50);
    assertThat(reading.offset().json().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(64 << 10);
  }

  @Test
  void recordThatChangesBehindTheScanIsInTheNextOne() {
    var source = filled(20);
    source.beforePage(4, () -> source.put(0, NOW.plusSeconds(5)));
    var reading = new Reading(scans(source, Duration.ZERO), 2);

    List<String> first = reading.invoke(NOW);
    List<String> second = reading.invoke(LATER);

    assertThat(first).hasSize(20);
    assertThat(second).containsExactly(source.all().getFirst());
  }

  @Test
  void recordThatChangesAheadOfTheScanIsDeliveredOnce() {
    var source = filled(20);
    source.beforePage(2, () -> source.put(19, NOW.plusSeconds(5)));
    var reading = new Reading(scans(source, Duration.ZERO), 100);

    List<String> first = reading.invoke(NOW);
    List<String> second = reading.invoke(LATER);

    assertThat(first).containsAll(source.all());
    assertThat(second).isEmpty();
  }

  @Test
  void recordThatChangesDuringEveryScanHidesNoOther() {
    var source = filled(20);
    var reading = new Reading(scans(source, TEN_MINUTES), 2);
    for (int run = 0; run < 5; run++) {
      Instant now = NOW.plusSeconds(300L * run);
      source.beforePage(1, () -> source.put(19, now.plusSeconds(5)));
      reading.invoke(now);
    }
    source.put(7, NOW.plusSeconds(4 * 300 + 1));

    List<String> last = reading.invoke(NOW.plusSeconds(5 * 300));

    assertThat(last).containsExactly(source.all().get(7));
    assertThat(reading.records()).containsAll(source.all());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 100})
  void recordWithoutADateIsDeliveredOnceUntilItChangesOrComesBack(int cap) {
    var source = filled(10).putUndated(10, "a").putUndated(11, "a").putUndated(12, "a");
    var reading = new Reading(scans(source, TEN_MINUTES), cap);

    List<String> first = reading.invoke(NOW);
    List<String> quiet = reading.invoke(NOW.plusSeconds(300));
    source.putUndated(11, "b").remove(12);
    List<String> changed = reading.invoke(NOW.plusSeconds(600));
    source.putUndated(12, "a");
    List<String> back = reading.invoke(NOW.plusSeconds(900));

    assertThat(first).hasSize(13);
    assertThat(quiet).isEmpty();
    assertThat(changed).singleElement().asString().contains("\"id\":11");
    assertThat(back).singleElement().asString().contains("\"id\":12");
    assertThat(reading.invoke(LATER)).isEmpty();
  }

  @Test
  void moreRecordsWithoutADateThanAnOffsetHoldsComeAgainAndLoseNone() {
    var source = new KeyedList(100);
    for (int id = 0; id < 4_000; id++) {
      source.putUndated(id, "a");
    }
    var reading = new Reading(scans(source, TEN_MINUTES), 700);
    reading.invoke(NOW);
    source.putUndated(9_999, "a");

    List<String> again = reading.invoke(NOW.plusSeconds(300));

    assertThat(again).hasSizeLessThan(1_300).contains(source.all().getLast());
    assertThat(reading.invoke(LATER)).hasSameSizeAs(again);
    assertThat(reading.records()).containsAll(source.all());
    assertThat(reading.offset().json().length()).isLessThan(64 << 10);
  }

  @Test
  void recordThatGoesPullsNoOtherOverAnEdge() {
    var source = filled(20);
    source.beforePage(3, () -> source.remove(1));
    var reading = new Reading(scans(source, Duration.ZERO), 100);

    reading.invoke(NOW);

    assertThat(reading.records()).containsAll(source.all());
  }

  @Test
  void quietScanDeliversNothingAndMovesOn() {
    var source = filled(20);
    var reading = new Reading(scans(source, TEN_MINUTES), 100);
    reading.invoke(NOW);
    Offset before = reading.offset();

    List<String> news = reading.invoke(LATER);

    assertThat(news).isEmpty();
    assertThat(reading.offset()).isNotEqualTo(before);
  }

  @Test
  void secondReadOfAnInvocationAsksNothing() {
    var source = filled(2);
    var reading = new Reading(scans(source, TEN_MINUTES), 100);
    reading.invoke(NOW);
    int pages = source.pages();

    assertThat(reading.invoke(NOW)).isEmpty();
    assertThat(source.pages()).isEqualTo(pages);
  }

  @Test
  void lateRecordWithinTheLookbackArrivesAlone() {
    var source = filled(20);
    var reading = new Reading(scans(source, TEN_MINUTES), 100);
    reading.invoke(NOW);
    source.put(50, NOW.minusSeconds(90));

    assertThat(reading.invoke(LATER)).containsExactly(source.all().getLast());
  }

  @Test
  void lookbackThatIsTooFullToRememberComesAgainAndLosesNothing() {
    var source = new KeyedList(100);
    for (int id = 0; id < 5_000; id++) {
      source.put(id, NOW.minusMillis(1 + id));
    }
    var reading = new Reading(scans(source, TEN_MINUTES), 700);
    reading.invoke(NOW);
    source.put(9_999, NOW.minusMillis(77));

    List<String> news = reading.invoke(NOW.plusSeconds(60));

    assertThat(news).contains(source.all().getLast());
    assertThat(reading.records()).containsAll(source.all());
    assertThat(reading.offset().json().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(64 << 10);
  }

  @Test
  void whatWasReadBeforeAFailureIsKept() {
    var source = filled(20);
    source.failAt(3);
    var reading = new Reading(scans(source, Duration.ZERO), 100);

    // the read that meets the failure keeps two pages, and the one after it goes on behind them
    reading.invoke(NOW);

    assertThat(reading.batches()).isEqualTo(2);
    assertThat(reading.records()).containsExactlyElementsOf(source.all());
  }

  @Test
  void failureOfTheFirstPageIsSaid() {
    var source = filled(20);
    source.failAt(1);
    var reading = new Reading(scans(source, Duration.ZERO), 100);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("away");
  }

  @Test
  void sweepGoesOnInTheNextInvocationWithinItsOldWindow() {
    var source = filled(20);
    WindowScan.Source recording = source;
    var context = Reading.context(NOW);
    Offset halfway =
        WindowScan.of(
                context,
                new SourceClock(context.clock()),
                recording,
                List.of("id"),
                Duration.ZERO,
                Options.NONE)
            .read(Offset.START, new Full());
    source.put(0, NOW.plusSeconds(5));
    var reading = new Reading(scans(source, Duration.ZERO), 100);

    assertThat(halfway.json()).contains("\"place\":\"2\"").contains("2026-03-01T12:00:00Z");
    assertThat(reading.invoke(LATER)).hasSize(20).contains(source.all().getFirst());
  }

  /** Has room for a page. */
  private static final class Full implements RecordEmitter {
    @Override
    public void emit(SourceRecord record) {}

    @Override
    public boolean wantsMore() {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -5, 5, 300})
  void whatIsWrittenBetweenScansArrivesWhateverTheClocksShow(long secondsAhead) {
    for (boolean hasDate : new boolean[] {true, Math.abs(secondsAhead) > 60}) {
      var source = filled(5);
      var reading =
          new Reading(
              (context, start, out) -> {
                var clock = new SourceClock(context.clock());
                Instant ours = context.startedAt();
                if (hasDate) {
                  clock.observe(ours, ours.minusSeconds(secondsAhead), ours);
                }
                return WindowScan.of(
                        context, clock, source, List.of("id"), Duration.ZERO, Options.NONE)
                    .read(start, out);
              },
              2);
      for (int run = 0; run < 5; run++) {
        Instant now = NOW.plusSeconds(90L * run);
        source.put(100 + run, now.minusMillis(1));
        reading.invoke(now.plusSeconds(secondsAhead));
        source.put(200 + run, now.plusMillis(5));
      }
      reading.invoke(LATER);

      assertThat(reading.records()).containsAll(source.all()).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 100", "2, 1", "2, 100", "3, 1", "7, 1"})
  void circleOfPagesIsRefusedHoweverItIsCut(int length, int cap) {
    var circle = new KeyedList(3).put(0, NOW.minusSeconds(1));
    circle.turnInCircle(length);
    var reading = new Reading(scans(circle, Duration.ZERO), cap);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("already read");
  }
}
