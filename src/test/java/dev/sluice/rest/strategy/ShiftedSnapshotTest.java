package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Snapshots over several microbatches of a list that loses many records between two of them. */
final class ShiftedSnapshotTest {
  private static final int PAGE = 5;

  private static ShiftingList list(int records) {
    var list = new ShiftingList(PAGE);
    for (int id = 1; id <= records; id++) {
      list.put(id, id);
    }
    return list;
  }

  /** A snapshot with one page a microbatch, before each of which something happens to the list. */
  private static List<String> read(ShiftingList list, Runnable beforeRead) {
    var reading =
        new Reading(
            (context, start, out) -> {
              if (!start.json().equals("{}")) {
                beforeRead.run();
              }
              return Snapshot.of(context, list, ShiftingList.listing(), PrimaryKey.of("id"))
                  .read(start, out);
            },
            1);
    reading.invoke(ShiftingList.BASE);
    return reading.records();
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "1, 5", "1, 6", "1, 12", "1, 29", "3, 15"})
  void whatIsStillThereIsDeliveredHoweverManyRecordsGo(int from, int to) {
    var list = list(30);
    var gone = new HashSet<Integer>();

    List<String> records =
        read(
            list,
            () -> {
              if (gone.isEmpty()) {
                for (int id = from; id <= to; id++) {
                  list.remove(id);
                  gone.add(id);
                }
              }
            });

    assertThat(records).containsAll(list.versions());
  }

  @Test
  void whatMovesByLessThanAPageIsDeliveredOnce() {
    var list = list(30);
    var next = new int[] {1};

    List<String> records = read(list, () -> list.remove(next[0]++));

    assertThat(records).containsAll(list.versions()).doesNotHaveDuplicates();
  }

  @Test
  void listThatMovesByMoreThanAPageAllTheTimeIsGoneBackIn() {
    var list = list(300);
    var next = new int[] {1};

    List<String> records =
        read(
            list,
            () -> {
              for (int i = 0; i < 12; i++) {
                list.remove(next[0]++);
              }
            });

    assertThat(records).containsAll(list.versions());
  }

  @Test
  void listThatGrowsAtItsEndWhileItIsReadIsReadTwice() {
    var list = new ShiftingList(100);
    IntStream.range(0, 5_000).forEach(id -> list.put(id, id));
    list.beforePage(page -> list.put(6_000 + page, 6_000 + page));
    List<String> there = list.versions();

    List<String> records = new ArrayList<>();
    var reading = new Reading(Strategies.snapshot(list), Integer.MAX_VALUE);
    records.addAll(reading.invoke(ShiftingList.BASE));

    assertThat(records).containsAll(there).doesNotHaveDuplicates();
    assertThat(list.pagesServed()).isLessThan(110);
  }

  @Test
  void singlePassFetchesEveryPageOnce() {
    var list = new ShiftingList(100);
    IntStream.range(0, 1_000).forEach(id -> list.put(id, id));
    var reading =
        new Reading(
            (context, start, out) ->
                Snapshot.of(context, list, ShiftingList.listing(), PrimaryKey.of("id"))
                    .consistency(Options.NONE.with("consistency", "single_pass"))
                    .read(start, out),
            Integer.MAX_VALUE);

    assertThat(reading.invoke(ShiftingList.BASE)).hasSize(1_000);
    assertThat(list.pagesServed()).isEqualTo(10);
  }
}
