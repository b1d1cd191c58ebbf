package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.SourceClock;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows before clocks that disagree, and across stretches without a record. */
class SlidingWindowTest {
  private static final Instant BASE = ShiftingList.BASE;
  private static final Duration HOUR = Duration.ofHours(1);

  /** A list, and whoever reads it by windows of an hour with a clock of their own. */
  private static final class Windows implements Reading.Read {
    private final ShiftingList list = new ShiftingList(2);
    private final TimeCursor cursor;
    private final NextRecord next;
    private Duration ahead = Duration.ZERO;
    private boolean hasDate = true;
    private String settle = "60";

    Windows(TimeCursor.Order order, NextRecord next) {
      this.cursor = Strategies.CURSOR.sorted(order);
      this.next = next;
    }

    @Override
    public Offset read(ConnectorContext context, Offset start, RecordEmitter out) {
      var clock = new SourceClock(context.clock());
      Instant ours = context.startedAt();
      Instant date = ours.minus(ahead).truncatedTo(ChronoUnit.SECONDS);
      PageFetch dated =
          (listing, request) -> {
            if (hasDate) {
              clock.observe(ours, date, ours);
            }
            return list.page(listing, request);
          };
      return Incremental.of(
              context,
              clock,
              new CursorListing(dated, ShiftingList.listing(), cursor),
              Duration.ZERO,
              Options.NONE.with("settle_seconds", settle))
          .slidingWindow(HOUR, Repetition.NEVER, Optional.empty(), next, start, out);
    }
  }

  private static Windows sorted() {
    return new Windows(TimeCursor.Order.ASCENDING, begin -> begin.or(() -> Optional.of(BASE)));
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -5, 0, 5, 300})
  void noWindowEndsAheadOfTheClockOfTheSource(long secondsAhead) {
    for (TimeCursor.Order order : TimeCursor.Order.values()) {
      var windows = new Windows(order, begin -> begin.or(() -> Optional.of(BASE)));
      windows.ahead = Duration.ofSeconds(secondsAhead);
      var reading = new Reading(windows, 1);
      for (int run = 1; run <= 6; run++) {
        Instant now = BASE.plusSeconds(90L * run).plusMillis(300);
        windows.list.put(10 * run, now.minusMillis(1));

        reading.invoke(now.plus(windows.ahead));
        windows.list.put(10 * run + 1, now.plusMillis(1));
        windows.list.put(10 * run + 2, now.plusSeconds(2));
      }
      reading.invoke(BASE.plus(HOUR));

      assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(windows.list.versions());
    }
  }

  @Test
  void withoutADateTheSettlingTimeCoversASmallDifference() {
    Windows windows = sorted();
    windows.hasDate = false;
    windows.ahead = Duration.ofSeconds(5);
    var reading = new Reading(windows, 100);
    for (int run = 1; run <= 6; run++) {
      Instant now = BASE.plusSeconds(90L * run);
      reading.invoke(now.plus(windows.ahead));
      windows.list.put(run, now.plusSeconds(1));
    }
    reading.invoke(BASE.plus(HOUR));

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(windows.list.versions());
  }

  @Test
  void aWindowThatHasSettledMovesTheCursorToItsEnd() {
    Windows windows = sorted();
    windows.list.put(1, 7);
    var reading = new Reading(windows, 100);

    reading.invoke(BASE.plusSeconds(3_600 + 59));
    Offset before = reading.offset();
    reading.invoke(BASE.plusSeconds(3_600 + 7 + 61));

    assertThat(before.json()).contains("\"cursor\":\"2026-01-01T00:00:07Z\"");
    assertThat(reading.offset().json()).contains("\"cursor\":\"2026-01-01T01:00:07Z\"");
  }

  @Test
  void aQuietRunTakesOneRequestAndMovesNothing() {
    Windows windows = sorted();
    windows.list.put(1, 7);
    var reading = new Reading(windows, 100);
    reading.invoke(BASE.plusSeconds(100));
    Offset before = reading.offset();
    int pages = windows.list.pagesServed();

    assertThat(reading.invoke(BASE.plusSeconds(400))).isEmpty();
    assertThat(reading.offset()).isEqualTo(before);
    assertThat(windows.list.pagesServed() - pages).isEqualTo(1);
  }

  @Test
  void anEmptyStretchIsJumpedOverWhereTheSourceKnowsItsNextRecord() {
    long[] asked = {0};
    List<Instant> dates = List.of(BASE, BASE.plus(Duration.ofDays(1_000)));
    var windows =
        new Windows(
            TimeCursor.Order.ASCENDING,
            begin -> {
              asked[0]++;
              return dates.stream()
                  .filter(date -> begin.isEmpty() || !date.isBefore(begin.get()))
                  .findFirst();
            });
    windows.list.put(1, dates.getFirst());
    windows.list.put(2, dates.getLast());
    var reading = new Reading(windows, 100);

    reading.invoke(BASE.plus(Duration.ofDays(3_000)));

    assertThat(reading.records()).containsExactlyElementsOf(windows.list.versions());
    assertThat(windows.list.pagesServed()).isLessThan(8);
    assertThat(asked[0]).isLessThan(4);
  }

  @ParameterizedTest
  @EnumSource
  void anEmptyStretchIsCrossedInStridesWhereTheSourceDoesNotSay(TimeCursor.Order order) {
    var windows = new Windows(order, NextRecord.unknown());
    for (int day : new int[] {0, 1_000}) {
      for (int hour = 0; hour < 20; hour++) {
        windows.list.put(100 * day + hour, BASE.plus(Duration.ofHours(24L * day + hour)));
      }
    }
    var reading = new Reading(windows, 1);

    reading.invoke(BASE.plus(Duration.ofDays(2_000)));

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(windows.list.versions());
    assertThat(windows.list.pagesServed()).isLessThan(300);
    // none of the strides became one large microbatch
    assertThat(reading.batches()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void aLateRecordWithinTheLookbackOfWindowsArrives() {
    var list = new ShiftingList(5);
    list.put(1, 7);
    var reading =
        new Reading(
            Strategies.windows(list, TimeCursor.Order.ASCENDING, HOUR, Duration.ofMinutes(10)),
            100);
    reading.invoke(BASE.plusSeconds(7_200));
    list.put(2, 3_600 + 3_300);

    List<String> news = reading.invoke(BASE.plusSeconds(7_500));

    assertThat(news).containsExactly(ShiftingList.json(2, BASE.plusSeconds(6_900)));
  }
}
