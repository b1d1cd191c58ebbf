package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lake.ObjectStore;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.SourceRecord;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  private static final PipelineTable SNAPSHOT =
      Site.table("snapshot", "max_records_per_batch", "1");

  @TempDir Path root;

  Site site() {
    return new Site(root);
  }

  @Test
  void replacedGenerationStaysForReadersThatBeganBefore() {
    var site = new Site(root);
    site.now = Instant.now();
    Ledger ledger = Ledger.of(5);
    var table = Site.table("snapshot", "keep_generations", "1", "keep_generations_for", "1h");
    for (int round = 1; round <= 3; round++) {
      ledger.put(1, "round " + round);
      site.run(ledger, table);
    }
    List<Integer> atOnce = site.generations("snapshot");

    site.now = site.now.plus(Duration.ofMinutes(59));
    site.run(ledger, table);
    List<Integer> before = site.generations("snapshot");
    site.now = site.now.plus(Duration.ofMinutes(3));
    site.run(ledger, table);

    assertThat(atOnce).containsExactly(1, 2, 3);
    assertThat(before).containsExactly(1, 2, 3);
    assertThat(site.generations("snapshot")).containsExactly(3);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void completeReadIsPublished() {
    Site site = site();
    Ledger ledger = Ledger.of(25);

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(report.records()).isEqualTo(25);
    assertThat(report.batches()).isEqualTo(3);
    assertThat(report.after().generation()).isEqualTo(1);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
    assertThat(site.store.document("books/snapshot/current.json").orElseThrow().text())
        .startsWith("{\"generation\":1,\"path\":\"data/g=000001\",\"records\":25,");
  }

  @Test
  void listThatHasBecomeEmptyIsShownWithAWarning() {
    Site site = site();
    Ledger ledger = Ledger.of(25);
    site.run(ledger, SNAPSHOT);
    ledger.entries.clear();

    TableReport emptied = site.run(ledger, SNAPSHOT);
    TableReport stillEmpty = site.run(ledger, SNAPSHOT);

    assertThat(emptied.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(emptied.warnings()).hasSize(1);
    assertThat(emptied.warnings().getFirst())
        .startsWith("Table books/snapshot is empty now, and had 25 records. Generation 1 still");
    assertThat(site.published("snapshot")).isEmpty();
    assertThat(stillEmpty.warnings()).isEmpty();
  }

  @Test
  void equalSnapshotIsNotPublishedAgainWhateverItsMicrobatchesAndOrder() {
    Site site = site();
    Ledger ledger = Ledger.of(25);
    site.run(ledger, SNAPSHOT);
    ledger.window = 4;

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(report.records()).isEqualTo(25);
    assertThat(report.after().generation()).isEqualTo(1);
    assertThat(site.current("snapshot")).isEqualTo(1);
    assertThat(site.generations("snapshot")).containsExactly(1);
    assertThat(site.checkpoint("snapshot").generation()).isEqualTo(3);
  }

  @Test
  void changedSnapshotReplacesTheOldOneAsAWhole() {
    Site site = site();
    Ledger ledger = Ledger.of(25);
    site.run(ledger, SNAPSHOT);
    List<String> before = ledger.lines();
    ledger.put(3, "second");
    ledger.entries.remove(20);
    ledger.beforeRead.put("snapshot", start -> site.cancellation.request());

    site.run(ledger, SNAPSHOT);
    site.cancellation = new Cancellation();
    var seenByReaders = new ArrayList<List<String>>();
    ledger.beforeRead.put("snapshot", start -> seenByReaders.add(site.published("snapshot")));
    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(seenByReaders).hasSizeGreaterThan(1).containsOnly(before);
    assertThat(report.records()).isEqualTo(14);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
    assertThat(site.generations("snapshot")).containsExactly(1, 2);
  }

  @Test
  void olderGenerationsGoBeyondThoseToKeep() {
    Site site = site();
    Ledger ledger = Ledger.of(5);
    for (int i = 0; i < 6; i++) {
      ledger.put(1, "value " + i);
      site.run(ledger, Site.table("snapshot", "keep_generations_for", "0s"));
    }

    assertThat(site.generations("snapshot")).containsExactly(4, 5, 6);

    ledger.put(1, "last");
    site.run(ledger, Site.table("snapshot", "keep_generations", "1", "keep_generations_for", "0s"));

    assertThat(site.generations("snapshot")).containsExactly(7);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void pointerThatWasRemovedCostsNoGeneration() {
    Site site = site();
    Ledger ledger = Ledger.of(25);
    site.run(ledger, SNAPSHOT);
    ledger.put(3, "second");
    site.run(ledger, SNAPSHOT);
    site.store.delete(List.of("books/snapshot/current.json"));
    ledger.beforeRead.put("snapshot", start -> site.cancellation.request());

    site.run(ledger, SNAPSHOT);
    List<Integer> unfinished = site.generations("snapshot");
    site.cancellation = new Cancellation();
    ledger.beforeRead.clear();
    site.run(ledger, SNAPSHOT);

    assertThat(unfinished).containsExactly(1, 2, 3);
    assertThat(site.current("snapshot")).isEqualTo(3);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void emptySourceIsAnEmptySnapshot() {
    Site site = site();
    Ledger ledger = Ledger.of(5);
    site.run(ledger, SNAPSHOT);
    ledger.entries.clear();

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.current("snapshot")).isEqualTo(2);
    assertThat(site.published("snapshot")).isEmpty();
  }

  @Test
  void purgedSnapshotIsEmptyUntilTheNextIsComplete() {
    Site site = site();
    Ledger ledger = Ledger.of(25);
    site.run(ledger, SNAPSHOT);
    site.state().resetAndPurge(Site.destination("snapshot"));
    ledger.beforeRead.put("snapshot", start -> site.cancellation.request());

    site.run(ledger, SNAPSHOT);
    List<String> unfinished = site.published("snapshot");
    site.cancellation = new Cancellation();
    site.run(ledger, SNAPSHOT);
    site.cancellation = new Cancellation();
    ledger.beforeRead.clear();
    site.run(ledger, SNAPSHOT);

    assertThat(unfinished).isEmpty();
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void contentDependsOnTheRecordsAndNotOnTheirOrder() {
    SnapshotDigest one = SnapshotDigest.of(SourceRecord.of("{\"id\":1}"));
    SnapshotDigest two = SnapshotDigest.of(SourceRecord.of("{\"id\":2}"));

    assertThat(one.plus(two)).isEqualTo(two.plus(one)).isNotEqualTo(one.plus(one));
    assertThat(SnapshotDigest.parse(one.plus(two).text())).isEqualTo(two.plus(one));
    assertThat(one.plus(one).records()).isEqualTo(2);
  }

  @Test
  void runWhoseGenerationIsRemovedBeforeItsFirstMicrobatchIsFenced() {
    Site site = site();
    var table =
        Site.table(
            "snapshot",
            "max_records_per_batch",
            "1",
            "keep_generations",
            "1",
            "keep_generations_for",
            "0s");
    Ledger ledger = Ledger.of(4);
    site.run(ledger, table);
    Runnable others =
        () -> {
          for (int id = 1; id <= 2; id++) {
            ledger.put(id, "changed");
            site.runWithoutLease(ledger, table);
          }
        };
    var zombie = new Site(overtaken(site.store, others), site.checkpoints);

    TableReport report = zombie.runWithoutLease(Ledger.of(4), table);

    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.BUSY);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  /** Others come in between as soon as the format of a generation is settled. */
  private static ObjectStore overtaken(ObjectStore store, Runnable others) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              Object result = method.invoke(store, arguments);
              if (method.getName().equals("replace")
                  && arguments[0].toString().contains("/formats/")) {
                others.run();
              }
              return result;
            });
  }
}
