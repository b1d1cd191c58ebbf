package dev.sluice.rest.strategy;

import static dev.sluice.rest.strategy.Strategies.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.Pagination;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that are made at one moment and shown at another, and lists that are not sorted. */
class ListsOfTheMomentTest {
  private static final Instant NOW = ShiftingList.BASE.plus(Duration.ofMinutes(3));

  /** The record of one identifier, as it is now, in the place that it had in the list. */
  private static PageFetch showing(PageFetch source, int id, Instant now, int pages) {
    int[] served = {0};
    return (listing, request) -> {
      Page page = source.page(listing, request);
      if (served[0]++ >= pages) {
        return page;
      }
      List<SourceRecord> records = new ArrayList<>();
      for (SourceRecord record : page.records()) {
        records.add(
            record.text("id").equals(Optional.of(Integer.toString(id)))
                ? SourceRecord.of(ShiftingList.json(id, now))
                : record);
      }
      return new Page(records, page.next());
    };
  }

  private static Reading.Read read(PageFetch source) {
    return (context, start, out) ->
        Incremental.of(
                context,
                new CursorListing(source, ShiftingList.listing(), Strategies.CURSOR),
                Duration.ZERO,
                Options.NONE)
            .limitOnTheFly(Optional.empty(), start, out);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 5, 11, 23})
  void aRecordThatChangedSinceTheListWasMadeHidesNoOther(int id) {
    ShiftingList source = filled(3, 5);
    Instant now = NOW.plusSeconds(5);
    var reading = new Reading(read(showing(source, id, now, Integer.MAX_VALUE)), 1_000);

    reading.invoke(NOW);
    source.put(id, now);
    reading.invoke(NOW.plusSeconds(60));

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.versions());
  }

  @Test
  void aPageOutOfOrderIsAskedForAnew() {
    ShiftingList source = filled(3, 24);
    Instant now = NOW.minusSeconds(1); // the source's clock is slow
    var reading = new Reading(read(showing(source, 1, now, 1)), 1_000);
    source.put(1, now);

    reading.invoke(NOW);

    assertThat(reading.records()).containsAll(source.versions());
  }

  /**
   * A source that makes a list for every search, in which records of one timestamp lie in whatever
   * order, and pages through it, showing records as they are.
   */
  private static final class Searches implements PageFetch {
    private final Map<Integer, Instant> rows = new TreeMap<>();
    private final List<List<Integer>> lists = new ArrayList<>();
    private final Random random = new Random(5);
    private IntConsumer beforePage = page -> {};
    private int pages;

    static Listing listing(Predicate<String> steady) {
      return Listing.of(Request.get("things")).paginated(Pagination.nextUrl("next", steady));
    }

    @Override
    public synchronized Page page(Listing listing, Request request) {
      beforePage.accept(pages++);
      int list = lists.size();
      int from = 0;
      if (request.path().startsWith("list/")) {
        String[] parts = request.path().split("/", 3);
        list = Integer.parseInt(parts[1]);
        from = Integer.parseInt(parts[2]);
      } else {
        lists.add(found(request.parameter("since").map(Instant::parse).orElse(Instant.MIN)));
      }
      List<Integer> ids = lists.get(list);
      int to = Math.min(ids.size(), from + 3);
      List<SourceRecord> records =
          ids.subList(from, to).stream()
              .filter(rows::containsKey)
              .map(id -> SourceRecord.of(ShiftingList.json(id, rows.getOrDefault(id, NOW))))
              .toList();
      return new Page(
          records,
          to < ids.size()
              ? Optional.of(Request.get("list/{list}/{from}", "" + list, "" + to))
              : Optional.empty());
    }

    private List<Integer> found(Instant since) {
      List<Integer> ids = new ArrayList<>(rows.keySet());
      ids.removeIf(id -> rows.getOrDefault(id, NOW).isBefore(since));
      Collections.shuffle(ids, random);
      ids.sort(Comparator.comparing(id -> rows.getOrDefault(id, NOW)));
      return ids;
    }

    Reading.Read read(Predicate<String> steady) {
      return (context, start, out) ->
          Incremental.of(
                  context,
                  new CursorListing(this, listing(steady), Strategies.CURSOR),
                  Duration.ZERO,
                  Options.NONE)
              .limitOnTheFly(Optional.empty(), start, out);
    }

    List<String> versions() {
      return rows.entrySet().stream()
          .map(row -> ShiftingList.json(row.getKey(), row.getValue()))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"false,1", "false,7", "false,1000", "true,1", "true,7", "true,1000"})
  void theOrderOfTiesMayDifferFromSearchToSearch(boolean steady, int cap) {
    for (int ties : new int[] {1, 2, 5, 13, 40}) {
      var source = new Searches();
      IntStream.range(0, 40)
          .forEach(id -> source.rows.put(id, ShiftingList.BASE.plusSeconds(id / ties)));
      var reading = new Reading(source.read(url -> steady), cap);

      reading.invoke(NOW);

      assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.versions());
    }
  }

  @Test
  void aListThatStaysAsItIsIsReadOnce() {
    var source = new Searches();
    IntStream.range(0, 40).forEach(id -> source.rows.put(id, ShiftingList.BASE));
    var reading = new Reading(source.read(url -> true), 1_000);

    reading.invoke(NOW);

    assertThat(source.pages).isLessThanOrEqualTo(14 + 14); // and once more to see that it is all
  }

  @ParameterizedTest
  @CsvSource({"1000,60", "1000,-1", "7,60", "7,-1", "1,60", "1,-1"})
  void whatChangesWhileAListIsReadHidesNoOther(int cap, int seconds) {
    for (int moment = 0; moment < 16; moment++) {
      for (int id : new int[] {0, 2, 3, 5, 8, 11, 20, 39}) {
        var source = new Searches();
        IntStream.range(0, 40)
            .forEach(row -> source.rows.put(row, ShiftingList.BASE.plusSeconds(row)));
        int when = moment;
        // seconds before the start of the invocation when the clock of the source is slow
        source.beforePage =
            page -> {
              if (page == when) {
                source.rows.put(id, NOW.plusSeconds(seconds));
              }
            };
        var reading = new Reading(source.read(url -> true), cap);

        reading.invoke(NOW);
        reading.invoke(NOW.plusSeconds(120));

        assertThat(reading.records()).as("%d at %d", id, moment).containsAll(source.versions());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aListWhoseLinksExpireIsMadeAnewAFewTimes(int expiries) {
    int[] left = {expiries};
    // its links are the same whenever it is made
    PageFetch expiring =
        (listing, request) -> {
          int from = request.path().equals("list") ? 3 : 0;
          if (from == 3 && left[0]-- > 0) {
            throw ConnectorException.transientFailure("410: the list is gone");
          }
          List<SourceRecord> records =
              IntStream.range(from, from + 3)
                  .mapToObj(id -> ShiftingList.json(id, ShiftingList.BASE))
                  .map(SourceRecord::of)
                  .toList();
          return new Page(records, from == 0 ? Optional.of(Request.get("list")) : Optional.empty());
        };
    Walk walk =
        new CursorListing(expiring, Searches.listing(url -> true), Strategies.CURSOR)
            .ascending(Optional.empty());

    if (expiries < 3) {
      assertThat(all(walk)).hasSize(6).doesNotHaveDuplicates();
    } else {
      assertThatThrownBy(() -> all(walk)).hasMessageContaining("410: the list is gone");
    }
  }

  private static List<String> all(Walk walk) {
    List<String> records = new ArrayList<>();
    for (var rows = walk.next(); rows.isPresent(); rows = walk.next()) {
      rows.get().forEach(row -> records.add(row.record().json()));
    }
    return records;
  }

  @Test
  void aListThatLinksToItselfIsRefused() {
    PageFetch looping =
        (listing, request) ->
            new Page(
                List.of(SourceRecord.of(ShiftingList.json(1, ShiftingList.BASE))),
                Optional.of(Request.get("list")));
    var reading =
        new Reading(
            (context, start, out) ->
                Incremental.of(
                        context,
                        new CursorListing(
                            looping, Searches.listing(url -> true), Strategies.CURSOR),
                        Duration.ZERO,
                        Options.NONE)
                    .limitOnTheFly(Optional.empty(), start, out),
            1_000);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .hasMessageContaining("links to a page that was already read");
  }

  private static Reading.Read whole(ShiftingList source, TimeCursor cursor) {
    return (context, start, out) ->
        Incremental.of(
                context,
                new CursorListing(source, ShiftingList.listing(), cursor),
                Duration.ofSeconds(10),
                Options.NONE)
            .wholeList(Optional.empty(), start, out);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100})
  void aListThatIsNotSortedIsReadAsAWhole(int cap) {
    ShiftingList source = filled(5, 5);
    source.newestFirst();
    var reading =
        new Reading(whole(source, Strategies.CURSOR.sorted(TimeCursor.Order.UNSORTED)), cap);

    reading.invoke(NOW);
    source.put(3, 60);
    source.put(50, 1);
    List<String> news = reading.invoke(NOW.plusSeconds(60));

    assertThat(news)
        .containsExactlyInAnyOrder(
            ShiftingList.json(3, ShiftingList.BASE.plusSeconds(60)),
            ShiftingList.json(50, ShiftingList.BASE.plusSeconds(1)));
    assertThat(reading.batches()).isEqualTo(2);
    assertThat(reading.invoke(NOW.plusSeconds(120))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void whatALookbackKnowsIsNotForgottenWhenTheNewestComesFirst(int page) {
    ShiftingList source = filled(page, 5);
    source.newestFirst();
    var reading =
        new Reading(
            Strategies.windows(
                source, TimeCursor.Order.UNSORTED, Duration.ofDays(1), Duration.ofSeconds(30)),
            1_000);
    reading.invoke(ShiftingList.BASE.plusSeconds(20));

    source.put(99, 40);
    List<String> news = reading.invoke(ShiftingList.BASE.plusSeconds(45));

    assertThat(news).containsExactly(ShiftingList.json(99, ShiftingList.BASE.plusSeconds(40)));
  }

  @Test
  void aListThatIgnoresItsBoundIsRefused() {
    ShiftingList source = filled(5, 24);
    var reading =
        new Reading(
            whole(
                source,
                TimeCursor.on("at")
                    .identifiedBy(List.of("id"))
                    .since("unknown")
                    .sorted(TimeCursor.Order.UNSORTED)),
            100);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessageContaining("is to begin at");
  }
}
