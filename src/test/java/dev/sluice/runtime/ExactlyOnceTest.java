package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lake.Compression;
import dev.sluice.runtime.Kill.Face;
import dev.sluice.runtime.Kill.Moment;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.Offset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills before and after every effect, lost replies, and runs that do not know of each other. */
class ExactlyOnceTest {
  private static final PipelineTable APPEND = Site.table("append", "max_records_per_batch", "1");

  @TempDir(factory = FastFolder.class)
  Path root;

  /** A lake of its own for each name. */
  Site site(String name) {
    return new Site(root.resolve(name));
  }

  @ParameterizedTest
  @CsvSource({
    "append, KILLED, BEFORE", "append, KILLED, AFTER",
    "append, UNKNOWN, BEFORE", "append, UNKNOWN, AFTER",
    "snapshot, KILLED, BEFORE", "snapshot, KILLED, AFTER",
    "snapshot, UNKNOWN, BEFORE", "snapshot, UNKNOWN, AFTER",
    "cdc_with_deletes, KILLED, BEFORE", "cdc_with_deletes, KILLED, AFTER",
    "cdc_with_deletes, UNKNOWN, BEFORE", "cdc_with_deletes, UNKNOWN, AFTER"
  })
  void everyKillIsSurvived(String name, Face face, Moment moment) {
    var table = Site.table(name, "max_records_per_batch", "1");
    int killed = 0;
    for (int at = 1; ; at++) {
      var site = site("kill-" + at);
      Ledger ledger = ledgerWithHoles();
      var kill = new Kill(at, moment, face);

      site.with(kill).runWithoutLease(ledger, table);
      if (!kill.hasHappened()) {
        break;
      }
      killed++;
      TableReport last = site.runWithoutLease(ledger, table);

      assertThat(last.outcome()).as("killed at effect %d", at).isEqualTo(Outcome.CAUGHT_UP);
      assertThat(site.published(name)).as("killed at effect %d", at).isEqualTo(ledger.lines());
      if (name.equals("cdc_with_deletes")) {
        assertThat(site.lines(name, Flow.DELETES, 1)).containsExactly("{\"id\": 3}", "{\"id\": 8}");
      }
    }
    assertThat(killed).isGreaterThan(8);
  }

  private static Ledger ledgerWithHoles() {
    Ledger ledger = Ledger.of(9);
    ledger.window = 2;
    ledger.oneWindowPerRead = true;
    List.of(3, 4, 8).forEach(ledger.entries::remove);
    ledger.tombstones.put(3, "{\"id\": 3}");
    ledger.tombstones.put(8, "{\"id\": 8}");
    return ledger;
  }

  @ParameterizedTest
  @CsvSource({"KILLED, BEFORE", "KILLED, AFTER", "UNKNOWN, BEFORE", "UNKNOWN, AFTER"})
  void everyKillWhileASnapshotReplacesAnotherIsSurvived(Face face, Moment moment) {
    var table =
        Site.table(
            "snapshot",
            "max_records_per_batch",
            "1",
            "keep_generations",
            "1",
            "keep_generations_for",
            "0s");
    int killed = 0;
    for (int at = 1; ; at++) {
      var site = site("kill-" + at);
      Ledger ledger = Ledger.of(4);
      ledger.window = 2;
      site.run(ledger, table);
      List<String> first = ledger.lines();
      ledger.put(2, "second");
      var kill = new Kill(at, moment, face);

      site.with(kill).runWithoutLease(ledger, table);
      assertThat(site.published("snapshot"))
          .as("killed at effect %d", at)
          .isIn(first, ledger.lines());
      if (!kill.hasHappened()) {
        break;
      }
      killed++;
      TableReport last = site.runWithoutLease(ledger, table);

      assertThat(last.outcome()).as("killed at effect %d", at).isEqualTo(Outcome.CAUGHT_UP);
      assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
      assertThat(site.generations("snapshot")).containsExactly(site.current("snapshot"));
    }
    assertThat(killed).isGreaterThan(6);
  }

  @Test
  void loserAdoptsTheEndOfTheWinner() {
    var site = site("lake");
    Ledger slow = Ledger.of(30);
    Ledger fast = Ledger.of(30);
    fast.window = 7;
    // While the slow run reads its second microbatch, another one takes the table to its end.
    slow.beforeRead.put(
        "append",
        start -> {
          if (slow.reads.get() == 2) {
            site.runWithoutLease(fast, APPEND);
          }
        });

    TableReport report = site.runWithoutLease(slow, APPEND);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("append")).isEqualTo(slow.lines());
    assertThat(site.checkpoint("append").sequence()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void loserIsFencedAlthoughTheWinnerCompressesOtherwise(int read) {
    var site = site("lake");
    Ledger slow = Ledger.of(30);
    Ledger fast = Ledger.of(30);
    fast.window = 7;
    slow.beforeRead.put(
        "append",
        start -> {
          if (slow.reads.get() == read) {
            site.with(Compression.GZIP).runWithoutLease(fast, APPEND);
          }
        });

    TableReport report = site.runWithoutLease(slow, APPEND);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.keys("append", Flow.DATA, 1))
        .extracting(key -> key.replaceAll(".*/|[.].*", ""))
        .doesNotHaveDuplicates()
        .hasSize((int) site.checkpoint("append").sequence());
    assertThat(site.published("append")).isEqualTo(slow.lines());
  }

  @Test
  void loserAdoptsTheEndOfAWinnerThatWasKilled() {
    var site = site("lake");
    Ledger slow = Ledger.of(30);
    Ledger killed = Ledger.of(30);
    killed.window = 7;
    var afterTheObject = new Kill(1, Moment.AFTER, Face.KILLED);
    slow.beforeRead.put(
        "append",
        start -> {
          if (slow.reads.get() == 2) {
            site.with(afterTheObject).runWithoutLease(killed, APPEND);
          }
        });

    TableReport report = site.runWithoutLease(slow, APPEND);

    assertThat(afterTheObject.hasHappened()).isTrue();
    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("append")).isEqualTo(slow.lines());
  }

  @Test
  void objectOfAKilledRunIsAdoptedBeforeTheSourceIsAsked() {
    var site = site("lake");
    Ledger ledger = Ledger.of(25);
    site.run(ledger, APPEND);
    ledger.put(26, "late");
    var afterTheObject = new Kill(1, Moment.AFTER, Face.KILLED);
    site.with(afterTheObject).runWithoutLease(ledger, APPEND);
    var starts = new ArrayList<String>();
    ledger.beforeRead.put("append", start -> starts.add(start.json()));

    TableReport report = site.runWithoutLease(ledger, APPEND);

    assertThat(afterTheObject.hasHappened()).isTrue();
    assertThat(starts).containsExactly("{\"after\":26}");
    assertThat(report.records()).isEqualTo(1);
    assertThat(report.before().withoutReading())
        .isEqualTo(new Checkpoint(1, 3, Offset.parse("{\"after\":25}")));
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @RepeatedTest(30)
  void runsThatDoNotKnowOfEachOtherWriteEachRecordOnce() throws Exception {
    var site = site("lake");
    var ledgers = new ArrayList<Ledger>();
    for (int window : List.of(3, 5, 7)) {
      Ledger ledger = Ledger.of(60);
      ledger.window = window;
      ledgers.add(ledger);
    }

    List<TableReport> reports = together(site, ledgers, APPEND);

    assertThat(reports).extracting(TableReport::outcome).containsOnly(Outcome.CAUGHT_UP);
    assertThat(site.published("append")).isEqualTo(ledgers.getFirst().lines());
  }

  @RepeatedTest(30)
  void snapshotsThatDoNotKnowOfEachOtherArePublishedWhole() throws Exception {
    var site = site("lake");
    var table = Site.table("snapshot", "max_records_per_batch", "1");
    var ledgers = new ArrayList<Ledger>();
    for (int window : List.of(3, 5, 7)) {
      Ledger ledger = Ledger.of(30);
      ledger.window = window;
      ledgers.add(ledger);
    }

    List<TableReport> reports = together(site, ledgers, table);

    assertThat(reports)
        .as("%s", reports)
        .extracting(TableReport::outcome)
        .contains(Outcome.CAUGHT_UP)
        .isSubsetOf(Outcome.CAUGHT_UP, Outcome.BUSY);
    assertThat(site.published("snapshot")).isEqualTo(ledgers.getFirst().lines());
  }

  private static List<TableReport> together(Site site, List<Ledger> ledgers, PipelineTable table)
      throws Exception {
    var start = new CyclicBarrier(ledgers.size());
    try (var threads = Executors.newFixedThreadPool(ledgers.size())) {
      var runs = new ArrayList<Future<TableReport>>();
      for (Ledger ledger : ledgers) {
        Callable<TableReport> run =
            () -> {
              start.await();
              return site.runWithoutLease(ledger, table);
            };
        runs.add(threads.submit(run));
      }
      var reports = new ArrayList<TableReport>();
      for (var run : runs) {
        reports.add(run.get());
      }
      return reports;
    }
  }

  @Test
  void zombieCannotAppendToAFinishedSnapshot() {
    var site = site("lake");
    var table = Site.table("snapshot", "max_records_per_batch", "1");
    Ledger zombie = Ledger.of(20);
    Ledger other = Ledger.of(20);
    zombie.beforeRead.put(
        "snapshot",
        start -> {
          // The source grows between the end that the zombie has seen and what it reads next.
          if (start.json().contains("20")) {
            site.runWithoutLease(other, table);
            zombie.put(21, "late");
          }
        });

    TableReport report = site.runWithoutLease(zombie, table);

    assertThat(report.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(site.published("snapshot")).isEqualTo(other.lines());
    assertThat(site.current("snapshot")).isEqualTo(1);
  }

  @Test
  void resetFencesARunThatIsActive() {
    var site = site("lake");
    Ledger ledger = Ledger.of(30);
    ledger.beforeRead.put(
        "append",
        start -> {
          if (ledger.reads.get() == 2) {
            site.state().reset(Site.destination("append"));
          }
        });

    TableReport fenced = site.run(ledger, APPEND);
    TableReport next = site.run(ledger, APPEND);

    assertThat(fenced.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(next.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(next.after().generation()).isEqualTo(2);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }
}
