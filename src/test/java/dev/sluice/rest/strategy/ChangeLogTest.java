package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeLogTest {
  private static final Instant BASE = ShiftingList.BASE;
  private static final Instant NOW = BASE.plus(Duration.ofMinutes(10));
  private static final String UNDATED = "-";

  /** A log whose pages are numbered from its newest entry, so that new entries shift them. */
  private static final class Log implements PageFetch {
    private final List<String> entries = new ArrayList<>();
    private final int pageSize;
    private IntConsumer beforePage = page -> {};
    private boolean expired;
    private int broken = Integer.MAX_VALUE;
    private int pages;

    Log(int pageSize) {
      this.pageSize = pageSize;
    }

    void changed(int id, long second) {
      add(id, second, "PUT", BASE.plusSeconds(second).toString());
    }

    void deleted(int id, long second) {
      add(id, second, "DELETE", BASE.plusSeconds(second).toString());
    }

    void deletedUndated(int id, long second) {
      add(id, second, "DELETE", UNDATED);
    }

    private void add(int id, long second, String method, String at) {
      entries.add(
          "{\"id\":\"%d@%d\",\"method\":\"%s\",\"at\":\"%s\",\"true\":\"%s\"}"
              .formatted(id, second, method, at, BASE.plusSeconds(second)));
    }

    static Listing listing() {
      return Listing.of(Request.get("log")).paginated(Pagination.pageNumber("page", "next"));
    }

    @Override
    public synchronized Page page(Listing listing, Request request) {
      beforePage.accept(pages++);
      int number = request.parameter("page").map(Integer::parseInt).orElse(0);
      if (number == broken) {
        throw ConnectorException.transientFailure("500: a page cannot be read");
      }
      if (expired && number > 0) {
        throw ConnectorException.transientFailure("410: the page is gone");
      }
      Optional<Instant> since = request.parameter("since").map(Instant::parse);
      List<SourceRecord> found =
          entries.reversed().stream()
              .map(SourceRecord::of)
              .filter(
                  entry ->
                      since.isEmpty()
                          || !Instant.parse(entry.text("true").orElseThrow()).isBefore(since.get()))
              .toList();
      int from = Math.min(found.size(), number * pageSize);
      int to = Math.min(found.size(), from + pageSize);
      return new Page(
          found.subList(from, to),
          to < found.size()
              ? Optional.of(request.with("page", Integer.toString(number + 1)))
              : Optional.empty());
    }
  }

  private static final ChangeLogEntries ENTRIES =
      new ChangeLogEntries() {
        @Override
        public Optional<Instant> time(SourceRecord entry) {
          return entry.text("at").filter(text -> !text.equals(UNDATED)).map(Instant::parse);
        }

        @Override
        public Optional<SourceRecord> tombstone(SourceRecord entry, Instant at) {
          return entry.text("method").equals(Optional.of("DELETE"))
              ? Optional.of(
                  SourceRecord.of("{\"id\":\"%s\",\"at\":\"%s\"}".formatted(name(entry), at)))
              : Optional.empty();
        }

        @Override
        public String name(SourceRecord entry) {
          return entry.text("id").orElseThrow();
        }
      };

  private static Reading reading(Log log, Duration lookback, int cap) {
    return reading(log, ENTRIES, lookback, cap);
  }

  private static Reading reading(Log log, ChangeLogEntries entries, Duration lookback, int cap) {
    return new Reading(
        (context, start, out) ->
            ChangeLog.of(
                    context, log, Log.listing(), entries, "since", lookback, Duration.ofHours(24))
                .read(Optional.empty(), start, out),
        cap);
  }

  private static List<String> ids(List<String> tombstones) {
    return tombstones.stream().map(json -> SourceRecord.of(json).text("id").orElseThrow()).toList();
  }

  static Stream<int[]> cuts() {
    return IntStream.of(1, 2, 7, 100, Integer.MAX_VALUE)
        .boxed()
        .flatMap(
            cap ->
                IntStream.of(1, 3, 5, 100)
                    .boxed()
                    .flatMap(
                        page ->
                            IntStream.of(0, 2, 600)
                                .mapToObj(lookback -> new int[] {cap, page, lookback})));
  }

  private static void fill(Log log, int from) {
    for (int id = from; id < from + 6; id++) {
      log.changed(id, id);
      log.deleted(id, id + 1L);
      log.deleted(id + 100, id + 1L);
    }
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void everyTombstoneComesOnceWhateverTheCut(int[] cut) {
    var log = new Log(cut[1]);
    var reading = reading(log, Duration.ofSeconds(cut[2]), cut[0]);
    fill(log, 0);
    reading.invoke(NOW);
    fill(log, 20);
    reading.invoke(NOW.plusSeconds(60));
    List<String> quiet = reading.invoke(NOW.plusSeconds(120));

    List<String> expected =
        log.entries.stream()
            .filter(entry -> entry.contains("DELETE"))
            .map(SourceRecord::of)
            .map(ENTRIES::name)
            .toList();
    assertThat(ids(reading.records())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(quiet).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void nothingIsLostWhenEntriesAreWrittenMeanwhile(int[] cut) {
    var log = new Log(cut[1]);
    fill(log, 0);
    for (int moment = 0; moment < 5; moment++) {
      int when = moment;
      int[] written = {0};
      log.pages = 0;
      log.beforePage =
          page -> {
            if (page == when) {
              log.deleted(1_000 + when, 300 + when);
              log.changed(2_000 + written[0]++, 300 + when);
            }
          };
      var reading = reading(log, Duration.ofSeconds(cut[2]), cut[0]);
      reading.invoke(NOW);
      log.beforePage = page -> {};
      reading.invoke(NOW.plusSeconds(60));

      List<String> expected =
          log.entries.stream()
              .filter(entry -> entry.contains("DELETE"))
              .map(SourceRecord::of)
              .map(ENTRIES::name)
              .toList();
      assertThat(new HashSet<>(ids(reading.records()))).containsAll(expected);
    }
  }

  @Test
  void aDeletionWithoutATimeIsOfTheTimeOfTheEntryBeforeIt() {
    var log = new Log(2);
    log.changed(1, 10);
    log.changed(2, 20);
    log.deletedUndated(1, 30);
    log.deletedUndated(2, 31);
    log.changed(3, 40);
    var reading = reading(log, Duration.ZERO, 1);

    List<String> first = reading.invoke(NOW);
    log.deletedUndated(3, 50);
    List<String> second = reading.invoke(NOW.plusSeconds(1));
    log.deletedUndated(4, 60);
    List<String> third = reading.invoke(NOW.plusSeconds(2));

    assertThat(first)
        .containsExactly(
            "{\"id\":\"2@31\",\"at\":\"" + BASE.plusSeconds(20) + "\"}",
            "{\"id\":\"1@30\",\"at\":\"" + BASE.plusSeconds(20) + "\"}");
    assertThat(second).containsExactly("{\"id\":\"3@50\",\"at\":\"" + BASE.plusSeconds(40) + "\"}");
    assertThat(third).containsExactly("{\"id\":\"4@60\",\"at\":\"" + BASE.plusSeconds(40) + "\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 60, 500})
  void anUndatedDeletionComesOnceWhateverTheLookback(int lookback) {
    var log = new Log(3);
    var reading = reading(log, Duration.ofSeconds(lookback), 2);
    log.changed(1, 10);
    log.deletedUndated(1, 130);
    reading.invoke(NOW);
    log.changed(1, 135);
    log.changed(2, 140);
    log.deletedUndated(1, 141);
    log.changed(3, 142);
    for (int second = 1; second < 4; second++) {
      reading.invoke(NOW.plusSeconds(second));
    }

    assertThat(ids(reading.records())).containsExactly("1@130", "1@141");
  }

  @Test
  void aPassGoesOnWithItsNextPageInTheNextMicrobatch() {
    var log = new Log(5);
    IntStream.range(0, 100).forEach(id -> log.deleted(id, id));
    var reading = reading(log, Duration.ZERO, 10);

    reading.invoke(NOW);

    assertThat(reading.records()).hasSize(100).doesNotHaveDuplicates();
    assertThat(reading.batches()).isGreaterThanOrEqualTo(10);
    assertThat(log.pages).isLessThan(25);
  }

  @Test
  void whatWasReadBeforeAFailureIsKept() {
    var log = new Log(5);
    IntStream.range(0, 100).forEach(id -> log.deleted(id, id));
    log.beforePage =
        page -> {
          if (page >= 7) {
            throw ConnectorException.transientFailure("The source is down");
          }
        };
    var reading = reading(log, Duration.ZERO, 1_000);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("The source is down");
    int kept = reading.records().size();
    log.beforePage = page -> {};
    reading.invoke(NOW.plusSeconds(1));

    assertThat(kept).isEqualTo(35);
    assertThat(reading.records()).hasSize(100).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 1_000})
  void aPageThatFailsForEverIsSaidAndRepeatsNothing(int cap) {
    var log = new Log(3);
    IntStream.range(0, 20).forEach(id -> log.deleted(id, id));
    log.broken = 4;
    var reading = reading(log, Duration.ZERO, cap);

    for (int run = 0; run < 3; run++) {
      assertThatThrownBy(() -> reading.invoke(NOW)).hasMessageContaining("500");
      assertThat(ids(reading.records())).hasSize(12).doesNotHaveDuplicates();
    }
    log.deleted(20, 20); // pushes the others, and what failed, to places that can be read
    log.broken = Integer.MAX_VALUE;
    reading.invoke(NOW.plusSeconds(1));
    reading.invoke(NOW.plusSeconds(2));

    // but for the one that was pushed to the page that is read next
    assertThat(ids(reading.records())).hasSizeBetween(21, 22);
    assertThat(new HashSet<>(ids(reading.records()))).hasSize(21);
  }

  @Test
  void aPassThatBeginsAnewPassesOverWhatItHasDelivered() {
    var log = new Log(3);
    IntStream.range(0, 20).forEach(id -> log.deleted(id, id));
    log.broken = 4;
    var reading = reading(log, Duration.ZERO, 4);
    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessageContaining("500");
    int[] once = {1};
    log.broken = Integer.MAX_VALUE;
    log.beforePage = page -> log.expired = once[0]-- > 0;

    reading.invoke(NOW.plusSeconds(1));

    // all but those of the instant at which it was interrupted
    assertThat(ids(reading.records())).hasSizeBetween(20, 21);
    assertThat(new HashSet<>(ids(reading.records()))).hasSize(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1_000})
  void aPassWhosePageHasExpiredBeginsAnew(int cap) {
    var log = new Log(5);
    IntStream.range(0, 100).forEach(id -> log.deleted(id, id));
    log.beforePage =
        page -> {
          if (page == 1) {
            log.expired = true;
          }
        };
    var reading = reading(log, Duration.ZERO, cap);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessageContaining("410");
    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessageContaining("410");
    int[] once = {1};
    log.beforePage = page -> log.expired = once[0]-- > 0;
    reading.invoke(NOW.plusSeconds(1));

    assertThat(new HashSet<>(ids(reading.records()))).hasSize(100);
  }

  @Test
  void aCrowdThatAnOffsetCannotListIsDeliveredAgainWhenItGrows() {
    var log = new Log(500);
    IntStream.range(0, 4_000).forEach(id -> log.deleted(id, 5));
    var reading = reading(log, Duration.ZERO, 1_000);
    reading.invoke(NOW);
    assertThat(reading.records()).hasSize(4_000).doesNotHaveDuplicates();
    assertThat(reading.offset().json()).hasSizeLessThan(200);

    assertThat(reading.invoke(NOW.plusSeconds(1))).isEmpty();
    log.deleted(5_000, 5);
    reading.invoke(NOW.plusSeconds(2));

    assertThat(new HashSet<>(ids(reading.records()))).hasSize(4_001);
    assertThat(reading.invoke(NOW.plusSeconds(3))).isEmpty();
  }

  @Test
  void anEntryOfTheFarFutureDoesNotStopTheLog() {
    var log = new Log(3);
    log.changed(1, 1);
    log.deleted(2, Duration.ofDays(20_000).toSeconds());
    var reading = reading(log, Duration.ZERO, 100);
    reading.invoke(NOW);

    List<String> quiet = reading.invoke(NOW.plusSeconds(1));
    log.entries.add(1, log.entries.get(0).replace("1@1", "7@2").replace("PUT", "DELETE"));
    List<String> later = reading.invoke(NOW.plusSeconds(2));

    assertThat(quiet).isEmpty();
    assertThat(ids(later)).containsExactly("7@2");
  }

  @Test
  void aPageThatLinksToItselfIsRefused() {
    PageFetch looping =
        (listing, request) ->
            new Page(
                List.of(
                    SourceRecord.of(
                        "{\"id\":\"1\",\"method\":\"DELETE\",\"at\":\"2026-01-01T00:00:00Z\"}")),
                Optional.of(request.with("page", "1")));
    var reading =
        new Reading(
            (context, start, out) ->
                ChangeLog.of(
                        context,
                        looping,
                        Log.listing(),
                        ENTRIES,
                        "since",
                        Duration.ZERO,
                        Duration.ZERO)
                    .read(Optional.empty(), start, out),
            1_000);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .hasMessageContaining("links to a page that was already read");
  }

  /** A creation may be known by its type only: it has no identifier in the log. */
  @Test
  void anEntryThatIsNoDeletionNeedsNoName() {
    var log = new Log(5);
    log.changed(1, 1);
    log.deleted(2, 2);
    ChangeLogEntries strict =
        new ChangeLogEntries() {
          @Override
          public Optional<Instant> time(SourceRecord entry) {
            return ENTRIES.time(entry);
          }

          @Override
          public Optional<SourceRecord> tombstone(SourceRecord entry, Instant at) {
            return ENTRIES.tombstone(entry, at);
          }

          @Override
          public String name(SourceRecord entry) {
            assertThat(entry.text("method")).contains("DELETE");
            return ENTRIES.name(entry);
          }
        };

    var reading = reading(log, strict, Duration.ofMinutes(5), 10);

    assertThat(ids(reading.invoke(NOW))).containsExactly("2@2");
  }

  /** The source has moved, or does not say 410 of a link that it does not know any more. */
  @ParameterizedTest
  @ValueSource(strings = {"CONFIGURATION", "PROTOCOL"})
  void aPassWhosePageIsRefusedInTheNextInvocationBeginsAnew(ConnectorException.Kind kind) {
    var log = new Log(5);
    IntStream.range(0, 100).forEach(id -> log.deleted(id, id));
    var reading = reading(log, Duration.ZERO, 10);
    log.beforePage =
        page -> {
          if (page >= 6) {
            throw ConnectorException.transientFailure("The source is down");
          }
        };
    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("The source is down");
    int[] refusals = {1};
    log.beforePage =
        page -> {
          if (refusals[0]-- > 0) {
            throw kind == ConnectorException.Kind.PROTOCOL
                ? ConnectorException.protocol("Not asked")
                : ConnectorException.configuration("400: invalid token of a page");
          }
        };

    reading.invoke(NOW.plusSeconds(60));

    assertThat(new HashSet<>(ids(reading.records()))).hasSize(100);
  }

  @Test
  void anEntryOfTheNearFutureHidesNoDeletion() {
    var log = new Log(3);
    log.deleted(1, 600 + 3_600);
    var reading = reading(log, Duration.ZERO, 100);
    reading.invoke(NOW);
    log.deleted(7, 650);
    log.entries.addFirst(log.entries.removeLast());

    List<String> soon = reading.invoke(NOW.plusSeconds(60));
    List<String> later = reading.invoke(NOW.plusSeconds(4_000));

    assertThat(ids(soon)).containsExactly("7@650");
    assertThat(later).isEmpty();
  }

  /** Counts the entries that were taken and of which nothing was made yet. */
  private static final class Holding implements ChangeLogEntries {
    private int most;
    private int held;

    @Override
    public Optional<Instant> time(SourceRecord entry) {
      held++;
      most = Math.max(most, held);
      return ENTRIES.time(entry);
    }

    @Override
    public Optional<SourceRecord> tombstone(SourceRecord entry, Instant at) {
      held--;
      return ENTRIES.tombstone(entry, at);
    }

    @Override
    public String name(SourceRecord entry) {
      return ENTRIES.name(entry);
    }
  }

  @Test
  void aMassOfUndatedDeletionsIsCutIntoMicrobatchesAndReadOnce() {
    var log = new Log(50);
    log.changed(1, 1);
    IntStream.range(0, 5_000).forEach(id -> log.deletedUndated(id, 5));
    var entries = new Holding();
    var reading = reading(log, entries, Duration.ofSeconds(30), 10);

    reading.invoke(NOW);
    int pages = log.pages;
    List<String> quiet = reading.invoke(NOW.plusSeconds(60));
    int again = log.pages;
    List<String> quieter = reading.invoke(NOW.plusSeconds(120));

    assertThat(reading.records()).hasSize(5_000).doesNotHaveDuplicates();
    assertThat(reading.batches()).isGreaterThan(20);
    assertThat(entries.most).isLessThan(300);
    assertThat(pages).isLessThan(110);
    assertThat(quiet).isEmpty();
    assertThat(quieter).isEmpty();
    assertThat(log.pages - again).isEqualTo(1);
    assertThat(reading.offset().json()).hasSizeLessThan(200);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100_000})
  void aMassOfUndatedDeletionsBuriesNothingThatWasRestored(int cap) {
    var log = new Log(50);
    IntStream.range(0, 1_000).forEach(id -> log.changed(id, 1));
    IntStream.range(0, 1_000).forEach(id -> log.deletedUndated(id, 5));
    log.changed(3, 8);
    IntStream.range(1_000, 2_000).forEach(id -> log.deletedUndated(id, 9));
    var reading = reading(log, Duration.ofSeconds(30), cap);

    reading.invoke(NOW);

    assertThat(reading.records()).hasSize(2_000).doesNotHaveDuplicates();
    assertThat(reading.records())
        .allSatisfy(
            json -> {
              SourceRecord tombstone = SourceRecord.of(json);
              Instant at = Instant.parse(tombstone.text("at").orElseThrow());
              if (tombstone.text("id").orElseThrow().endsWith("@5")) {
                assertThat(at).isBetween(BASE.plusSeconds(1), BASE.plusSeconds(8).minusMillis(1));
              } else {
                assertThat(at).isBetween(BASE.plusSeconds(8), NOW.minusMillis(1));
              }
            });
  }

  @Test
  void aDeletionAtTheEndOfTheLogIsOlderThanWhatWasRestored() {
    var log = new Log(10);
    log.deletedUndated(1, 10);
    log.changed(1, 20);
    var reading = reading(log, Duration.ZERO, 10);

    assertThat(reading.invoke(NOW))
        .containsExactly("{\"id\":\"1@10\",\"at\":\"" + BASE.plusMillis(19_999) + "\"}");
  }

  /** It was written so shortly before a pass that the next one lists it again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMassThatIsListedAgainIsNotDeliveredAgain(boolean isDated) {
    var log = new Log(50);
    log.changed(1, 1);
    IntStream.range(0, 5_000)
        .forEach(
            id -> {
              if (isDated) {
                log.deleted(id, 590);
              } else {
                log.deletedUndated(id, 590);
              }
            });
    var entries = new Holding();
    var reading = reading(log, entries, Duration.ofSeconds(30), 1_000);
    reading.invoke(NOW);

    List<String> quiet = reading.invoke(NOW.plusSeconds(60));
    List<String> quieter = reading.invoke(NOW.plusSeconds(120));
    log.deletedUndated(6_000, 750);
    reading.invoke(NOW.plusSeconds(180));

    assertThat(quiet).isEmpty();
    assertThat(quieter).isEmpty();
    assertThat(entries.most).isLessThan(300);
    assertThat(new HashSet<>(ids(reading.records()))).hasSize(5_001);
  }
}
