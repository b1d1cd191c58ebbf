package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.walk.TimeCursor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many records of one cursor value: more than a page, a microbatch or an offset holds. */
@Execution(ExecutionMode.CONCURRENT)
class CrowdTest {
  private static final Instant NOW = ShiftingList.BASE.plus(Duration.ofHours(1));
  private static final int ALL = Integer.MAX_VALUE;

  /** Some records, many of one second, and some after them. */
  private static ShiftingList crowd(int page, int ties, int after) {
    var list = new ShiftingList(page);
    IntStream.range(0, 5).forEach(id -> list.put(id, id));
    IntStream.range(10, 10 + ties).forEach(id -> list.put(id, 10));
    IntStream.range(0, after).forEach(id -> list.put(100_000 + id, 20 + id));
    return list;
  }

  @ParameterizedTest
  @CsvSource({"50,2000,0", "50,2000,7", "50,700,60", "7,800,3", "500,2000,0", "50,40,9"})
  void crowdLandsInPartsAndOnce(int page, int ties, int after) {
    for (int cap : new int[] {100, 900, ALL}) {
      var list = crowd(page, ties, after);
      var reading = new Reading(Strategies.onTheFly(list, Duration.ZERO), cap);

      reading.invoke(NOW);

      assertThat(reading.records())
          .as("cap %d", cap)
          .containsExactlyInAnyOrderElementsOf(list.versions());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, ALL})
  void everyStrategyThatSortsReadsACrowdInParts(int cap) {
    var list = crowd(50, 1_800, 40);
    Duration lookback = Duration.ofSeconds(15);
    List<Reading.Read> strategies =
        List.of(
            Strategies.onTheFly(list, lookback),
            Strategies.beforeFetch(list, 70),
            Strategies.windows(
                list, TimeCursor.Order.ASCENDING, Duration.ofSeconds(4), Duration.ZERO),
            Strategies.windows(list, TimeCursor.Order.ASCENDING, Duration.ofDays(1), lookback));

    for (Reading.Read strategy : strategies) {
      var reading = new Reading(strategy, cap);
      reading.invoke(ShiftingList.BASE.plusSeconds(30));
      reading.invoke(ShiftingList.BASE.plusSeconds(70));

      assertThat(reading.records())
          .as("strategy %d", strategies.indexOf(strategy))
          .containsExactlyInAnyOrderElementsOf(list.versions());
    }
  }

  /** Until then more of them may be written in any place among them. */
  @Test
  void aCrowdThatWasReadWhileItMightGrowIsReadOnceMore() {
    var list = crowd(100, 2_000, 0);
    var reading = new Reading(Strategies.onTheFly(list, Duration.ZERO), ALL);
    reading.invoke(ShiftingList.BASE.plusSeconds(15));
    list.put(9, 10);

    List<String> news = reading.invoke(NOW);

    assertThat(news).contains(ShiftingList.json(9, ShiftingList.BASE.plusSeconds(10)));
    assertThat(reading.records()).containsAll(list.versions());
    assertThat(reading.invoke(NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void whatLeavesACrowdBetweenRunsHidesNothing() {
    var list = crowd(100, 3_000, 0);
    var reading = new Reading(Strategies.onTheFly(list, Duration.ZERO), ALL);
    reading.invoke(NOW);
    IntStream.range(20, 500).forEach(id -> list.put(id, 4_000 + id));
    list.put(5_000, 10);

    List<String> news = reading.invoke(NOW.plus(Duration.ofHours(3)));

    assertThat(news).doesNotHaveDuplicates().hasSize(481);
    assertThat(reading.records()).containsAll(list.versions());
  }

  @Test
  void everyMarkInACrowdIsSmallAndGoesOnFromThere() {
    var list = crowd(100, 4_000, 3);
    var whole = new Reading(Strategies.onTheFly(list, Duration.ZERO), ALL);
    whole.invoke(NOW);

    assertThat(whole.marks()).hasSizeGreaterThan(10);
    assertThat(whole.marks())
        .allMatch(mark -> mark.json().getBytes(StandardCharsets.UTF_8).length < 44_000);
    int before = list.versions().size();
    for (var mark : whole.marks()) {
      List<String> rest =
          new Reading(Strategies.onTheFly(list, Duration.ZERO), ALL, mark).invoke(NOW);
      assertThat(rest).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(before);
      assertThat(whole.records()).endsWith(rest.toArray(String[]::new));
      before = rest.size();
    }
    assertThat(before).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void quietRunBesideACrowdAsksForItsLastPage(int lookback) {
    var list = crowd(100, 3_000, 0);
    var reading = new Reading(Strategies.onTheFly(list, Duration.ofSeconds(lookback)), ALL);
    reading.invoke(NOW);
    int pages = list.pagesServed();

    assertThat(reading.invoke(NOW.plusSeconds(60))).isEmpty();
    assertThat(list.pagesServed() - pages).isLessThanOrEqualTo(3);

    list.put(5_000, 10);
    list.put(6_000, 30);
    assertThat(reading.invoke(NOW.plusSeconds(120)))
        .containsExactlyInAnyOrder(
            ShiftingList.json(5_000, ShiftingList.BASE.plusSeconds(10)),
            ShiftingList.json(6_000, ShiftingList.BASE.plusSeconds(30)));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 20, 35, 50})
  void nothingIsLostWhenRecordsLeaveACrowdWhileItIsRead(int moment) {
    for (int cap : new int[] {200, ALL}) {
      var list = crowd(50, 1_500, 4);
      List<Integer> gone = new ArrayList<>();
      list.beforePage(
          page -> {
            if (page == moment) {
              IntStream.range(20, 180).forEach(list::remove);
              IntStream.range(20, 180).forEach(gone::add);
            }
          });
      var reading = new Reading(Strategies.onTheFly(list, Duration.ZERO), cap);

      reading.invoke(NOW);

      assertThat(gone).isNotEmpty();
      assertThat(reading.records()).containsAll(list.versions());
    }
  }
}
