package dev.sluice.rest;

import static dev.sluice.rest.Strategies.filled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            .leavingNewer()
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

  private static Reading.Read whole(ShiftingList source, TimeCursor cursor) {
    return (context, start, out) ->
        Incremental.of(
                context,
                new CursorListing(source, ShiftingList.listing(), cursor),
                Duration.ofSeconds(10),
                Options.NONE)
            .leavingNewer()
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
