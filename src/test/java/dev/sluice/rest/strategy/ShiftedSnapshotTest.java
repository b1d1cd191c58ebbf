package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.PrimaryKey;
import java.util.HashSet;
import java.util.List;
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
  void listThatNeverStaysIsNoWholeList() {
    var list = list(300);
    var next = new int[] {1};

    assertThatThrownBy(
            () ->
                read(
                    list,
                    () -> {
                      for (int i = 0; i < 12; i++) {
                        list.remove(next[0]++);
                      }
                    }))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.kind()).isEqualTo(ConnectorException.Kind.TRANSIENT))
        .hasMessageContaining("things shifts by more than a page between two microbatches")
        .hasMessageContaining("max_records_per_batch");
  }
}
