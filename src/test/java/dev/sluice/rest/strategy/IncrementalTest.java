package dev.sluice.rest.strategy;

import static dev.sluice.rest.strategy.Strategies.CURSOR;
import static dev.sluice.rest.strategy.Strategies.beforeFetch;
import static dev.sluice.rest.strategy.Strategies.filled;
import static dev.sluice.rest.strategy.Strategies.onTheFly;
import static dev.sluice.rest.strategy.Strategies.snapshot;
import static dev.sluice.rest.strategy.Strategies.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IncrementalTest {
  private static final Instant NOW = ShiftingList.BASE.plus(Duration.ofMinutes(3));
  private static final Instant LATER = ShiftingList.BASE.plus(Duration.ofDays(1));

  /** Caps, page sizes and how many seconds there are for 24 records to share. */
  static Stream<int[]> layouts() {
    List<int[]> layouts = new ArrayList<>();
    for (int cap : new int[] {1, 2, 7, 100, Integer.MAX_VALUE}) {
      for (int page : new int[] {1, 3, 5, 100}) {
        for (int seconds : new int[] {1, 2, 5, 24}) {
          layouts.add(new int[] {cap, page, seconds});
        }
      }
    }
    return layouts.stream();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyStrategyDeliversEachRecordOnce(int[] layout) {
    ShiftingList source = filled(layout[1], layout[2]);
    ShiftingList newestFirst = filled(layout[1], layout[2]);
    newestFirst.newestFirst();
    List<Reading.Read> strategies =
        List.of(
            onTheFly(source, Duration.ZERO),
            onTheFly(source, Duration.ofSeconds(3)),
            onTheFly(source, Duration.ofHours(3)),
            beforeFetch(source, layout[1]),
            windows(source, TimeCursor.Order.ASCENDING, Duration.ofSeconds(4), Duration.ZERO),
            windows(source, TimeCursor.Order.ASCENDING, Duration.ofDays(1), Duration.ofSeconds(5)),
            windows(newestFirst, TimeCursor.Order.UNSORTED, Duration.ofSeconds(4), Duration.ZERO),
            windows(
                newestFirst, TimeCursor.Order.UNSORTED, Duration.ofHours(1), Duration.ofHours(1)),
            snapshot(source));

    for (Reading.Read strategy : strategies) {
      var reading = new Reading(strategy, layout[0]);
      reading.invoke(ShiftingList.BASE.plusSeconds(100));
      reading.invoke(NOW);

      assertThat(reading.records())
          .as("strategy %d", strategies.indexOf(strategy))
          .containsExactlyInAnyOrderElementsOf(source.versions());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void recordsThatChangeWhileAListIsPagedAreNotLost(int page) {
    for (int seed = 0; seed < 20; seed++) {
      for (int cap : new int[] {1, 4, 1000}) {
        var random = new Random(seed);
        ShiftingList source = filled(page, new int[] {1, 3, 6, 24}[seed % 4]);
        int[] second = {1_000};
        source.beforePage(
            served -> {
              if (served < 40 && random.nextInt(3) == 0) {
                int id = random.nextInt(24);
                if (random.nextInt(3) == 0) {
                  source.remove(id);
                } else {
                  source.put(id, second[0]++);
                }
              }
            });
        var reading = new Reading(onTheFly(source, Duration.ZERO), cap);

        reading.invoke(ShiftingList.BASE.plusSeconds(500));
        source.beforePage(served -> {});
        reading.invoke(LATER);

        assertThat(reading.records())
            .as("seed %d, page %d, cap %d", seed, page, cap)
            .containsAll(source.versions())
            .doesNotHaveDuplicates();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 100})
  void recordsThatGoWhileASnapshotIsReadDoNotHideOthers(int page) {
    for (int seed = 0; seed < 20; seed++) {
      for (int cap : new int[] {4, 1000}) {
        var random = new Random(seed);
        int moment = random.nextInt(30);
        ShiftingList source = filled(page, 24);
        source.beforePage(
            served -> {
              if (served == moment) {
                source.remove(random.nextInt(24));
              }
            });
        var reading = new Reading(snapshot(source), cap);

        reading.invoke(NOW);

        assertThat(reading.records())
            .as("seed %d, page %d, cap %d", seed, page, cap)
            .containsAll(source.versions());
      }
    }
  }

  @Test
  void aLateRecordWithinTheLookbackIsDeliveredAlthoughTheCursorStays() {
    ShiftingList source = filled(5, 24);
    var reading = new Reading(onTheFly(source, Duration.ofSeconds(10)), 7);
    reading.invoke(ShiftingList.BASE.plusSeconds(100));
    source.put(99, 15);

    List<String> news = reading.invoke(ShiftingList.BASE.plusSeconds(200));

    assertThat(news).containsExactly(ShiftingList.json(99, ShiftingList.BASE.plusSeconds(15)));
  }

  @Test
  void aQuietLookbackCommitsNothing() {
    ShiftingList source = filled(5, 24);
    var reading = new Reading(onTheFly(source, Duration.ofSeconds(10)), 7);
    reading.invoke(ShiftingList.BASE.plusSeconds(100));
    var before = reading.offset();

    List<String> news = reading.invoke(ShiftingList.BASE.plusSeconds(200));

    assertThat(news).isEmpty();
    assertThat(reading.offset()).isEqualTo(before);
  }

  @Test
  void aLookbackTooLargeToRememberComesAgainOnlyWhenSomethingInItIsNew() {
    var source = new ShiftingList(100);
    for (int id = 0; id < 4_000; id++) {
      source.put(id, id);
    }
    var reading = new Reading(onTheFly(source, Duration.ofDays(1)), 1_000);
    reading.invoke(ShiftingList.BASE.plusSeconds(5_000));
    assertThat(reading.records()).hasSize(4_000).doesNotHaveDuplicates();

    reading.invoke(ShiftingList.BASE.plusSeconds(5_001)); // learns what the lookback holds
    int learned = reading.records().size();
    assertThat(reading.invoke(ShiftingList.BASE.plusSeconds(5_002))).isEmpty();
    source.put(9_999, 7);
    List<String> news = reading.invoke(ShiftingList.BASE.plusSeconds(5_003));

    assertThat(news).contains(ShiftingList.json(9_999, ShiftingList.BASE.plusSeconds(7)));
    assertThat(reading.records()).hasSize(learned + news.size());
    assertThat(new HashSet<>(reading.records())).hasSize(4_001);
    assertThat(reading.offset().json().length()).isLessThan(64 << 10);
  }

  @Test
  void aCrowdOfOneTimestampTooLargeToRememberIsDeliveredWhole() {
    var source = new ShiftingList(1_000);
    for (int id = 0; id < 5_000; id++) {
      source.put(id, id < 10 ? 0 : id < 4_990 ? 1 : 2);
    }
    var reading = new Reading(beforeFetch(source, 1_000), 100);

    reading.invoke(ShiftingList.BASE.plusSeconds(100));
    reading.invoke(LATER);

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.versions());
  }

  @Test
  void windowsLoseNothingWhereTheSourceTakesWholeSecondsOnly() {
    var source = new ShiftingList(5);
    for (int id = 0; id < 24; id++) {
      source.put(id, ShiftingList.BASE.plusMillis(321L * id + 123));
    }
    TimeCursor seconds = CURSOR.format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssX"));
    for (int cap : new int[] {1, 4, 100}) {
      var reading =
          new Reading(windows(source, seconds, Duration.ofSeconds(2), Duration.ZERO), cap);

      reading.invoke(NOW);

      assertThat(reading.records())
          .as("cap %d", cap)
          .containsExactlyInAnyOrderElementsOf(source.versions());
    }
  }

  @Test
  void aLongerLookbackDoesNotRepeatWhatAnAppendTableHas() {
    ShiftingList source = filled(5, 24);
    Duration[] lookback = {Duration.ofSeconds(2)};
    var reading =
        new Reading(
            (context, start, out) ->
                Incremental.of(
                        context,
                        new CursorListing(source, ShiftingList.listing(), CURSOR),
                        lookback[0],
                        Options.NONE)
                    .limitBeforeFetch("limit", 5, start, out),
            7);
    reading.invoke(ShiftingList.BASE.plusSeconds(100));
    lookback[0] = Duration.ofHours(1);
    source.put(98, 22);
    source.put(99, 50);

    List<String> news = reading.invoke(ShiftingList.BASE.plusSeconds(200));

    assertThat(news)
        .containsExactly(
            ShiftingList.json(98, ShiftingList.BASE.plusSeconds(22)),
            ShiftingList.json(99, ShiftingList.BASE.plusSeconds(50)));
    source.put(97, 30);
    assertThat(reading.invoke(ShiftingList.BASE.plusSeconds(300)))
        .containsExactly(ShiftingList.json(97, ShiftingList.BASE.plusSeconds(30)));
  }

  @Test
  void recordsWithoutTheirKeyAreStillToldApart() {
    PageFetch source =
        (listing, request) ->
            new Page(
                List.of(
                    SourceRecord.of("{\"name\":\"one\"}"), SourceRecord.of("{\"name\":\"two\"}")),
                Optional.empty());
    var reading =
        new Reading(
            (context, start, out) ->
                Snapshot.of(context, source, ShiftingList.listing(), PrimaryKey.of("id"))
                    .read(start, out),
            100);

    reading.invoke(NOW);

    assertThat(reading.records()).containsExactly("{\"name\":\"one\"}", "{\"name\":\"two\"}");
  }

  @Test
  void aQuietRunTakesOneRequest() {
    ShiftingList source = filled(100, 24);
    var reading = new Reading(onTheFly(source, Duration.ofSeconds(5)), 1_000);
    reading.invoke(ShiftingList.BASE.plusSeconds(100));
    int before = source.pagesServed();

    reading.invoke(ShiftingList.BASE.plusSeconds(200));

    assertThat(source.pagesServed() - before).isEqualTo(1);
  }

  @Test
  void nothingIsAskedOnceTheCursorHasReachedTheStartOfTheRun() {
    ShiftingList source = filled(100, 24);
    var reading = new Reading(onTheFly(source, Duration.ofSeconds(5)), 1_000);
    reading.invoke(ShiftingList.BASE.plusSeconds(100));
    int before = source.pagesServed();

    reading.invoke(ShiftingList.BASE.plusSeconds(23));

    assertThat(source.pagesServed()).isEqualTo(before);
  }

  @Test
  void aSourceThatDoesNotSortAsItSaysIsNotReadOn() {
    ShiftingList source = filled(3, 24);
    source.newestFirst();
    var reading = new Reading(onTheFly(source, Duration.ZERO), 1_000);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("sorted by 'at'")
        .extracting(e -> ((ConnectorException) e).kind())
        .isEqualTo(ConnectorException.Kind.PROTOCOL);
  }

  @Test
  void aWindowOfNoLengthIsAMistakeOfThePipeline() {
    ShiftingList source = filled(3, 24);
    var reading =
        new Reading(windows(source, TimeCursor.Order.ASCENDING, Duration.ZERO, Duration.ZERO), 1);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .hasMessage("Option 'window_seconds' is 0; a window has a second at least")
        .isInstanceOf(ConnectorException.class);
  }

  @Test
  void aPageThatLinksToItselfIsAnError() {
    PageFetch looping =
        (listing, request) ->
            new Page(Collections.nCopies(2, record(1)), Optional.of(request.with("page", "1")));
    var reading =
        new Reading(
            (context, start, out) ->
                Incremental.of(
                        context,
                        new CursorListing(looping, ShiftingList.listing(), CURSOR),
                        Duration.ZERO,
                        Options.NONE)
                    .limitOnTheFly(Optional.empty(), start, out),
            1_000);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .hasMessageContaining("links to a page that was already read");
  }

  private static SourceRecord record(int id) {
    return SourceRecord.of(ShiftingList.json(id, ShiftingList.BASE));
  }

  @Test
  void whatWasReadBeforeAFailureIsKept() {
    ShiftingList source = filled(5, 24);
    boolean[] down = {false};
    source.beforePage(
        served -> {
          if (down[0] || served == 3) {
            down[0] = true;
            throw ConnectorException.transientFailure("The source is down");
          }
        });
    var reading = new Reading(onTheFly(source, Duration.ZERO), 1_000);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("The source is down");
    List<String> kept = List.copyOf(reading.records());
    source.beforePage(served -> {});
    reading.invoke(NOW);

    assertThat(kept).hasSize(13);
    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.versions());
    assertThat(
            IntStream.range(0, kept.size())
                .allMatch(i -> reading.records().get(i).equals(kept.get(i))))
        .isTrue();
  }
}
