package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewestFirstTest {
  private static final Instant BASE = ShiftingList.BASE;
  private static final Instant NOW = BASE.plus(Duration.ofHours(1));
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));
  private static final TimeCursor CURSOR = TimeCursor.on("at").identifiedBy(List.of("id"));
  private static final int ALL = Integer.MAX_VALUE;

  private static Reading reading(PageFetch source, Duration lookback, int cap) {
    return reading(source, lookback, cap, List::of);
  }

  private static Reading reading(
      PageFetch source,
      Duration lookback,
      int cap,
      Function<SourceRecord, List<SourceRecord>> delivery) {
    return new Reading(
        (context, start, out) ->
            strategy(context, source, lookback)
                .delivering(delivery)
                .read(Optional.empty(), start, out),
        cap);
  }

  private static NewestFirst strategy(
      ConnectorContext context, PageFetch source, Duration lookback) {
    return NewestFirst.of(context, source, ShiftingList.listing(), CURSOR, lookback, Options.NONE);
  }

  /** Two to a second, so that pages end within ties. */
  private static ShiftingList filled(int pageSize, int count) {
    var list = new ShiftingList(pageSize);
    list.newestFirst();
    IntStream.range(0, count).forEach(id -> list.put(id, id / 2));
    return list;
  }

  static Stream<int[]> cuts() {
    return Stream.of(1, 2, 7, 100, ALL)
        .flatMap(cap -> Stream.of(1, 2, 3, 7, 100).map(page -> new int[] {cap, page}));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void everyRecordComesOnceAndThenOnlyWhatHasChanged(int[] cut) {
    var list = filled(cut[1], 20);
    var reading = reading(list, Duration.ofSeconds(3), cut[0]);

    reading.invoke(NOW);
    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(list.versions());
    assertThat(reading.invoke(LATER)).isEmpty();

    list.put(3, 500);
    list.put(21, 500);
    list.put(4, 501);
    assertThat(reading.invoke(LATER.plusSeconds(1)))
        .containsExactlyInAnyOrder(
            ShiftingList.json(3, BASE.plusSeconds(500)),
            ShiftingList.json(21, BASE.plusSeconds(500)),
            ShiftingList.json(4, BASE.plusSeconds(501)));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void nothingIsLostWhateverHappensBeforeWhichPage(int[] cut) {
    for (int moment = 0; moment < 24; moment++) {
      int when = moment;
      var list = filled(cut[1], 20);
      list.beforePage(
          page -> {
            if (page == when) {
              list.put(0, 900);
              list.put(17, 901);
              list.put(50, 902);
              list.remove(19);
              list.remove(12);
            }
          });
      var reading = reading(list, Duration.ofSeconds(3), cut[0]);

      reading.invoke(NOW);
      list.beforePage(page -> {});
      reading.invoke(LATER);

      assertThat(reading.records()).as("before page %d", moment).containsAll(list.versions());
    }
  }

  @Test
  void recordsThatChangeAllTheTimeDoNotKeepAPassFromItsEnd() {
    var list = filled(3, 60);
    int[] changes = {0};
    list.beforePage(page -> list.put(changes[0]++ % 60, 1_000 + page));
    var reading = reading(list, Duration.ZERO, ALL);

    reading.invoke(NOW);
    list.beforePage(page -> {});
    reading.invoke(LATER);

    assertThat(reading.records()).containsAll(list.versions());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 10, ALL})
  void recordsThatComeInAllTheTimeDoNotEither(int cap) {
    var list = filled(3, 300);
    int[] id = {1_000};
    list.beforePage(
        page -> {
          if (page % 2 == 0) {
            list.put(id[0]++, NOW.plusSeconds(page));
          }
        });
    List<String> there = list.versions();
    var reading = reading(list, Duration.ZERO, cap);

    reading.invoke(NOW);

    assertThat(reading.records()).containsAll(there);
    assertThat(list.pagesServed()).isLessThan(1_500);
  }

  @Test
  void lateRecordWithinTheLookbackArrivesAlone() {
    var list = filled(3, 20);
    var reading = reading(list, Duration.ofSeconds(60), ALL);
    reading.invoke(NOW);
    list.put(70, 4);

    assertThat(reading.invoke(LATER)).containsExactly(ShiftingList.json(70, BASE.plusSeconds(4)));
  }

  @Test
  void quietPassCostsOnePageAndASettledReadNone() {
    var list = filled(100, 300);
    var reading = reading(list, Duration.ofSeconds(5), ALL);
    reading.invoke(NOW);
    int pages = list.pagesServed();
    assertThat(pages).as("three pages, and two again to make sure").isEqualTo(5);

    reading.invoke(NOW);
    assertThat(list.pagesServed()).isEqualTo(pages);
    Offset before = reading.offset();

    reading.invoke(LATER);
    assertThat(list.pagesServed()).isEqualTo(pages + 1);
    assertThat(reading.offset()).isEqualTo(before);
  }

  @Test
  void passOfManyPagesSavesItsPlaceOnTheWay() {
    var list = filled(2, 400);
    var reading = reading(list, Duration.ofSeconds(5), ALL);

    reading.invoke(NOW);

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(list.versions());
    assertThat(reading.marks()).hasSizeGreaterThan(5);
    assertThat(reading.marks())
        .allMatch(offset -> offset.json().getBytes(StandardCharsets.UTF_8).length < 2_000);
  }

  @Test
  void lookbackThatIsTooFullToRememberComesAgainAndLosesNothing() {
    var list = new ShiftingList(100);
    list.newestFirst();
    IntStream.range(0, 5_000).forEach(id -> list.put(id, id));
    var reading = reading(list, Duration.ofHours(2), ALL);
    reading.invoke(NOW.plus(Duration.ofHours(1)));
    list.put(9_000, 1_000);

    List<String> news = reading.invoke(LATER.plus(Duration.ofHours(1)));

    assertThat(news).contains(ShiftingList.json(9_000, BASE.plusSeconds(1_000)));
    assertThat(reading.offset().json().getBytes(StandardCharsets.UTF_8).length)
        .isLessThan(64 << 10);
  }

  @Test
  void recordFromTheFarFutureComesOnceAndStopsNothing() {
    var list = filled(3, 10);
    list.put(99, BASE.plus(Duration.ofDays(20_000)));
    var reading = reading(list, Duration.ofSeconds(2), 4);

    reading.invoke(NOW);
    list.put(5, 700);
    List<String> news = reading.invoke(LATER);

    assertThat(reading.records()).containsAll(list.versions());
    assertThat(news).containsExactly(ShiftingList.json(5, BASE.plusSeconds(700)));
  }

  @Test
  void childrenAreDeliveredInPlaceOfTheirParent() {
    var list = filled(4, 10);
    Function<SourceRecord, List<SourceRecord>> children =
        parent -> {
          String id = parent.text("id").orElseThrow();
          return IntStream.range(0, Integer.parseInt(id))
              .mapToObj(i -> SourceRecord.of("{\"child\":\"%s-%d\"}".formatted(id, i)))
              .toList();
        };
    var reading = reading(list, Duration.ofSeconds(2), 5, children);

    reading.invoke(NOW);
    assertThat(reading.records()).hasSize(45).doesNotHaveDuplicates();

    list.put(2, 800);
    assertThat(reading.invoke(LATER)).containsExactly("{\"child\":\"2-0\"}", "{\"child\":\"2-1\"}");
  }

  @Test
  void firstPassEndsWhereItIsToldTo() {
    var list = filled(3, 20);
    var reading =
        new Reading(
            (context, start, out) ->
                NewestFirst.of(
                        context, list, ShiftingList.listing(), CURSOR, Duration.ZERO, Options.NONE)
                    .read(Optional.of(BASE.plusSeconds(8)), start, out),
            ALL);

    assertThat(reading.invoke(NOW)).hasSize(4);
  }

  @Test
  void sourceThatSortsOtherwiseIsRefused() {
    PageFetch source =
        (listing, request) ->
            new Page(
                Stream.of(9, 0, 5)
                    .map(second -> ShiftingList.json(second, BASE.plusSeconds(second)))
                    .map(SourceRecord::of)
                    .toList(),
                Optional.empty());

    assertThatThrownBy(() -> reading(source, Duration.ZERO, ALL).invoke(NOW))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
        .hasMessageContaining("things is to be sorted by 'at', newest first");
  }

  @Test
  void emptySourceMovesNothing() {
    var reading = reading(new ShiftingList(3), Duration.ofSeconds(60), ALL);

    assertThat(reading.invoke(NOW)).isEmpty();
    assertThat(reading.offset()).isEqualTo(Offset.START);
  }

  @Test
  void failureBetweenPagesLosesNothing() {
    var list = filled(2, 200);
    boolean[] fails = {true};
    PageFetch failing =
        (listing, request) -> {
          if (fails[0] && request.parameter("page").equals(Optional.of("60"))) {
            throw ConnectorException.transientFailure("503");
          }
          return list.page(listing, request);
        };
    var reading = reading(failing, Duration.ofSeconds(2), ALL);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("503");
    assertThat(reading.records()).as("two microbatches of 25 pages").hasSizeGreaterThan(90);
    fails[0] = false;
    reading.invoke(LATER);

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(list.versions());
  }

  /** Records leave the list meanwhile and pull others forward, onto pages that were read. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 7, 11, 12})
  void pagesBeforeAFailureAreKeptAndWhatMovedBetweenThemComes(int failure) {
    var list = filled(3, 30);
    int[] asked = {0};
    PageFetch failing =
        (listing, request) -> {
          if (asked[0]++ == failure) {
            list.remove(29);
            list.remove(28);
            throw ConnectorException.transientFailure("503");
          }
          if (asked[0] == failure) {
            list.remove(27);
          }
          return list.page(listing, request);
        };
    var reading = reading(failing, Duration.ofSeconds(2), ALL);

    reading.invoke(NOW);

    assertThat(asked[0]).isGreaterThan(failure + 1);
    assertThat(reading.records()).doesNotHaveDuplicates().containsAll(list.versions());
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void nothingIsLostWhenManyRecordsLeaveTheListBeforeWhichPage(int[] cut) {
    for (int moment = 0; moment < 30; moment++) {
      int when = moment;
      var list = filled(cut[1], 30);
      list.beforePage(
          page -> {
            if (page == when) {
              IntStream.range(15, 29).forEach(list::remove);
            }
          });
      var reading = reading(list, Duration.ofSeconds(3), cut[0]);

      reading.invoke(NOW);
      list.beforePage(page -> {});
      reading.invoke(LATER);

      assertThat(reading.records()).as("before page %d", moment).containsAll(list.versions());
    }
  }

  @Test
  void crowdOfOneCursorValueIsReadAlthoughItIsLargerThanAMicrobatch() {
    var list = new ShiftingList(2);
    list.newestFirst();
    IntStream.range(0, 30).forEach(id -> list.put(id, id < 25 ? 7 : 1_000 + id));
    var reading = reading(list, Duration.ofSeconds(3), 1);

    reading.invoke(NOW);

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(list.versions());
  }

  @Test
  void recordsAreNotDeliveredAgainWhenNewOnesPushThemBehindThePageToGoOnWith() {
    var list = filled(2, 60);
    var batches = new AtomicInteger();
    var reading =
        new Reading(
            (context, start, out) -> {
              if (batches.incrementAndGet() == 2) {
                IntStream.range(100, 120).forEach(id -> list.put(id, 900));
              }
              return strategy(context, list, Duration.ofSeconds(3))
                  .read(Optional.empty(), start, out);
            },
            4);

    reading.invoke(NOW);

    assertThat(reading.records()).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void nothingIsLostWhenNewOnesPushOthersDownBeforeWhichPage() {
    for (int moment = 0; moment < 60; moment++) {
      int when = moment;
      var list = filled(2, 60);
      list.beforePage(
          page -> {
            if (page == when) {
              IntStream.range(100, 120).forEach(id -> list.put(id, 900));
            }
          });
      var reading = reading(list, Duration.ofSeconds(3), 4);

      reading.invoke(NOW);
      reading.invoke(LATER);

      assertThat(reading.records()).as("before page %d", moment).containsAll(list.versions());
    }
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void recordThatIsDatedAheadOfOurClockHoldsUpNothing(int[] cut) {
    var list = filled(cut[1], 20);
    list.put(99, NOW.plus(Duration.ofHours(20)));
    var reading = reading(list, Duration.ofSeconds(3), cut[0]);
    reading.invoke(NOW);

    list.put(50, NOW.plusSeconds(60));
    assertThat(reading.invoke(LATER)).containsExactly(ShiftingList.json(50, NOW.plusSeconds(60)));
    list.put(51, LATER.plusSeconds(60));
    assertThat(reading.invoke(NOW.plus(Duration.ofHours(21))))
        .containsExactly(ShiftingList.json(51, LATER.plusSeconds(60)));
  }
}
