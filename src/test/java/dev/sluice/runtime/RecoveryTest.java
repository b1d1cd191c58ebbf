package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lake.Compression;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.Offset;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that were lost or are old, and beginning again on purpose. */
class RecoveryTest {
  private static final PipelineTable APPEND = Site.table("append", "max_records_per_batch", "1");
  private static final PipelineTable SNAPSHOT =
      Site.table("snapshot", "max_records_per_batch", "1");
  private static final PipelineTable DELETES = Site.table("cdc_with_deletes");

  @TempDir Path root;
  @TempDir Path elsewhere;

  Site site() {
    return new Site(root);
  }

  /** A store with nothing in it. */
  CheckpointStore otherCheckpoints() {
    return new LocalCheckpointStore(elsewhere);
  }

  private Site withLostCheckpoints(Site site) {
    return site.with(otherCheckpoints());
  }

  @Test
  void lakeGivesTheOffsetsBackWhenTheCheckpointsAreLost() {
    var site = site();
    Ledger ledger = Ledger.of(25);
    ledger.tombstones.put(1, "{\"id\": 1}");
    site.run(ledger, APPEND);
    site.run(ledger, DELETES);
    ledger.put(26, "late");
    Site later = withLostCheckpoints(site);

    TableReport append = later.run(ledger, APPEND);
    TableReport deletes = later.run(ledger, DELETES);

    assertThat(append.records()).isEqualTo(1);
    assertThat(append.after().sequence()).isEqualTo(4);
    assertThat(later.published("append")).isEqualTo(ledger.lines());
    assertThat(deletes.records()).isEqualTo(1);
    assertThat(deletes.deletes()).isZero();
    assertThat(later.published("cdc_with_deletes")).isEqualTo(ledger.lines());
  }

  @Test
  void newestGenerationCountsWhenTheCheckpointsAreLost() {
    var site = site();
    site.run(Ledger.of(25), APPEND);
    site.state().reset(Site.destination("append"));
    site.run(Ledger.of(35), APPEND);

    TableReport report = withLostCheckpoints(site).run(Ledger.of(36), APPEND);

    assertThat(report.records()).isEqualTo(1);
    assertThat(report.after().generation()).isEqualTo(2);
    assertThat(site.published("append")).isEqualTo(Ledger.of(36).lines());
  }

  @Test
  void unfinishedSnapshotIsBegunAgainWhenTheCheckpointsAreLost() {
    var site = site();
    Ledger ledger = Ledger.of(25);
    site.run(ledger, SNAPSHOT);
    ledger.put(3, "second");
    ledger.beforeRead.put("snapshot", start -> site.cancellation.request());
    site.run(ledger, SNAPSHOT);
    assertThat(site.generations("snapshot")).containsExactly(1, 2);
    ledger.beforeRead.clear();
    Site later = withLostCheckpoints(site);

    TableReport report = later.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(later.current("snapshot")).isEqualTo(3);
    assertThat(later.published("snapshot")).isEqualTo(ledger.lines());
    assertThat(later.generations("snapshot")).containsExactly(1, 3);
  }

  @Test
  void checkpointOfAnOldBackupIsMovedOverWhatTheLakeHas() {
    var site = site();
    Ledger ledger = Ledger.of(20);
    site.run(ledger, APPEND);
    Checkpoint old = site.checkpoint("append");
    ledger.put(21, "late");
    site.run(ledger, APPEND);
    var restored = otherCheckpoints();
    restored.replace(Site.destination("append"), Flow.DATA, Optional.empty(), old);
    ledger.put(22, "later");

    Site later = site.with(restored);
    later.run(ledger, APPEND);

    assertThat(later.published("append")).isEqualTo(ledger.lines());
    assertThat(later.checkpoint("append").sequence()).isEqualTo(4);
  }

  @Test
  void snapshotWhoseGenerationWasDroppedIsBegunAgainFromAnOldBackup() {
    var site = site();
    Ledger ledger = Ledger.of(25);
    site.run(ledger, SNAPSHOT);
    ledger.beforeRead.put("snapshot", start -> site.cancellation.request());
    site.run(ledger, SNAPSHOT);
    Checkpoint halfway = site.checkpoint("snapshot");
    ledger.beforeRead.clear();
    site.cancellation = new Cancellation();
    site.run(ledger, SNAPSHOT);
    var restored = otherCheckpoints();
    restored.replace(Site.destination("snapshot"), Flow.DATA, Optional.empty(), halfway);

    TableReport report = site.with(restored).run(ledger, SNAPSHOT);

    assertThat(halfway.generation()).isEqualTo(2);
    assertThat(halfway.sequence()).isEqualTo(1);
    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void resetShowsASnapshotThatIsFinishedAndNotYetShown() {
    Ledger ledger = Ledger.of(20);
    int finished = 0;
    for (int at = 1; ; at++) {
      var site = new Site(root.resolve("kill-" + at));
      var kill = new Kill(at, Kill.Moment.AFTER, Kill.Face.KILLED);
      site.with(kill).runWithoutLease(ledger, SNAPSHOT);
      if (!kill.hasHappened()) {
        break;
      }
      if (isSealed(site) && site.lake().current(Site.destination("snapshot")).isEmpty()) {
        finished++;

        site.state().reset(Site.destination("snapshot"));

        assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
      }
    }
    assertThat(finished).isPositive();
  }

  @Test
  void resetHelpsWhenASnapshotThatIsFinishedIsDamaged() {
    var site = site();
    Ledger ledger = Ledger.of(20);
    var destination = Site.destination("snapshot");
    var nonsense = Map.of("kind", "seal", "end-offset", "nonsense", "run-id", "1", "records", "0");
    site.store.createIfAbsent(
        "books/snapshot/data/g=000001/%020d.jsonl".formatted(1), Payload.of(new byte[0]), nonsense);
    site.checkpoints.replace(
        destination, Flow.DATA, Optional.empty(), new Checkpoint(1, 1, Offset.START));

    site.state().reset(destination);
    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).as("%s", report.error()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  private static boolean isSealed(Site site) {
    var destination = Site.destination("snapshot");
    return site.checkpoints
        .load(destination, Flow.DATA)
        .flatMap(at -> site.lake().log(destination, Flow.DATA).find(at.generation(), at.sequence()))
        .filter(CommittedBatch::isSeal)
        .isPresent();
  }

  @Test
  void sealThatCameAfterItsGenerationWasRemovedStopsNobody() {
    var site = site();
    Ledger ledger = Ledger.of(25);
    var destination = Site.destination("snapshot");
    var large = Offset.parse("{\"after\":25,\"remembered\":\"%s\"}".formatted("x".repeat(2000)));
    var seal =
        new BatchMetadata(
            BatchMetadata.Kind.SEAL, large, "zombie", 0, Optional.of(SnapshotDigest.NONE));
    BatchLog log = site.lake().log(destination, Flow.DATA);
    try (PendingBatch late = log.begin(1)) {
      log.commit(1, 2, late, seal);
    }
    site.store.delete(site.store.list("books/snapshot/offsets/data/g=000001/"));
    site.checkpoints.replace(destination, Flow.DATA, Optional.empty(), Checkpoint.beginningOf(2));

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).as("%s", report.error()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void objectThatCameAfterItsGenerationWasRemovedStopsNobodyWithoutACheckpoint() {
    var site = site();
    Ledger ledger = Ledger.of(25);
    var destination = Site.destination("snapshot");
    var large = Offset.parse("{\"after\":5,\"remembered\":\"%s\"}".formatted("x".repeat(2000)));
    var records =
        new BatchMetadata(
            BatchMetadata.Kind.RECORDS, large, "zombie", 5, Optional.of(SnapshotDigest.NONE));
    BatchLog log = site.lake().log(destination, Flow.DATA);
    try (PendingBatch late = log.begin(1)) {
      log.commit(1, 1, late, records);
    }
    site.store.delete(site.store.list("books/snapshot/offsets/data/g=000001/"));

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).as("%s", report.error()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void halfGenerationDoesNotTakeThePlaceOfOneThatWasShownMeanwhile() {
    var site = site();
    var destination = Site.destination("append");
    site.checkpoints.replace(destination, Flow.DATA, Optional.empty(), Checkpoint.beginningOf(2));
    Ledger ledger = Ledger.of(30);
    ledger.beforeRead.put(
        "append",
        start -> {
          // A run that was fenced by the reset shows the first microbatch of its generation.
          site.lake().publish(destination, PublishedGeneration.of(1));
          site.cancellation.request();
        });

    site.run(ledger, APPEND);
    int halfway = site.current("append");
    ledger.beforeRead.clear();
    site.cancellation = new Cancellation();
    site.run(ledger, APPEND);

    assertThat(halfway).isEqualTo(1);
    assertThat(site.current("append")).isEqualTo(2);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void checkpointOfABackupFromBeforeAResetFollowsTheLake() {
    var site = site();
    site.run(Ledger.of(20), APPEND);
    Checkpoint old = site.checkpoint("append");
    site.state().reset(Site.destination("append"));
    site.run(Ledger.of(20), APPEND);
    var restored = otherCheckpoints();
    restored.replace(Site.destination("append"), Flow.DATA, Optional.empty(), old);

    TableReport report = site.with(restored).run(Ledger.of(21), APPEND);

    assertThat(report.after().generation()).isEqualTo(2);
    assertThat(report.records()).isEqualTo(1);
    assertThat(site.published("append")).isEqualTo(Ledger.of(21).lines());
  }

  @Test
  void objectOfAnotherCompressionIsAdopted() {
    var site = site();
    var lake = new ObjectStoreLake(site.store, Compression.GZIP);
    var stamp =
        new BatchMetadata(
            BatchMetadata.Kind.RECORDS,
            Offset.parse("{\"after\":20}"),
            "run-before",
            20,
            Optional.empty());
    BatchLog log = lake.log(Site.destination("append"), Flow.DATA);
    try (PendingBatch batch = log.begin(1)) {
      log.commit(1, 1, batch, stamp);
    }

    TableReport report = site.run(Ledger.of(30), APPEND);

    assertThat(report.after().sequence()).isEqualTo(2);
    assertThat(site.keys("append", Flow.DATA, 1)).hasSize(2);
  }

  @Test
  void readersKeepTheOldGenerationUntilTheNewOneHasCaughtUp() {
    var site = site();
    Ledger ledger = Ledger.of(30);
    site.run(ledger, APPEND);
    site.state().reset(Site.destination("append"));
    ledger.beforeRead.put("append", start -> site.cancellation.request());

    site.run(ledger, APPEND);
    int halfway = site.current("append");
    site.cancellation = new Cancellation();
    ledger.beforeRead.clear();
    site.run(ledger, APPEND);

    assertThat(halfway).isEqualTo(1);
    assertThat(site.current("append")).isEqualTo(2);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void deletesFollowTheGenerationOfTheData() {
    var site = site();
    Ledger ledger = Ledger.of(5);
    ledger.tombstones.put(9, "{\"id\": 9}");
    site.run(ledger, DELETES);
    var destination = Site.destination("cdc_with_deletes");
    // A reset that was killed between the two flows.
    site.checkpoints.replace(
        destination,
        Flow.DATA,
        site.checkpoints.load(destination, Flow.DATA),
        Checkpoint.beginningOf(2));

    TableReport report = site.run(ledger, DELETES);

    assertThat(report.deletes()).isEqualTo(1);
    assertThat(site.lines("cdc_with_deletes", Flow.DELETES, 2)).containsExactly("{\"id\": 9}");
  }

  @Test
  void purgeRemovesEverythingOlder() {
    var site = site();
    Ledger ledger = Ledger.of(20);
    ledger.tombstones.put(9, "{\"id\": 9}");
    site.run(ledger, DELETES);

    Checkpoint next = site.state().resetAndPurge(Site.destination("cdc_with_deletes"));
    List<String> emptied = site.published("cdc_with_deletes");
    site.run(ledger, DELETES);

    assertThat(emptied).isEmpty();
    assertThat(site.generations("cdc_with_deletes")).containsExactly(next.generation());
    assertThat(site.published("cdc_with_deletes")).isEqualTo(ledger.lines());
    assertThat(site.current("cdc_with_deletes")).isEqualTo(next.generation());
    assertThat(site.lines("cdc_with_deletes", Flow.DELETES, next.generation())).hasSize(1);
  }

  @Test
  void stateShowsTheCheckpointsThatExist() {
    var site = site();
    site.run(Ledger.of(20), APPEND);

    assertThat(site.state().show(Site.destination("append")))
        .containsOnlyKeys(Flow.DATA)
        .containsValue(site.checkpoint("append"));
    assertThat(site.state().show(Site.destination("nothing"))).isEmpty();
  }
}
