package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots of a source that can say that it has not changed. */
class UnchangedSnapshotTest {
  private static final PipelineTable SNAPSHOT =
      Site.table("snapshot", "max_records_per_batch", "1");
  private static final Destination DESTINATION = Site.destination("snapshot");
  private static final String COMPLETE = "books/snapshot/complete.json";

  @TempDir Path root;

  private final Ledger ledger = Ledger.of(25);

  Site site() {
    return new Site(root);
  }

  @BeforeEach
  void sourceCanTell() {
    ledger.tellsUnchanged = true;
  }

  private static Map<String, String> objects(Site site) {
    Map<String, String> objects = new TreeMap<>();
    for (int generation : site.generations("snapshot")) {
      site.keys("snapshot", Flow.DATA, generation).forEach(key -> objects.put(key, ""));
    }
    for (String name : List.of("current.json", "schema.json", "complete.json")) {
      String key = "books/snapshot/" + name;
      site.store.document(key).ifPresent(document -> objects.put(key, document.text()));
    }
    return objects;
  }

  @Test
  void unchangedSourceIsNotReadAndNothingIsWritten() {
    Site site = site();
    TableReport first = site.run(ledger, SNAPSHOT);
    Checkpoint checkpoint = site.checkpoint("snapshot");
    Map<String, String> before = objects(site);
    ledger.reads.set(0);

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(report.records()).isZero();
    assertThat(report.batches()).isZero();
    assertThat(report.requests()).isEqualTo(1);
    assertThat(report.after()).isEqualTo(first.after());
    assertThat(ledger.reads).hasValue(0);
    assertThat(site.checkpoint("snapshot")).isEqualTo(checkpoint);
    assertThat(objects(site)).isEqualTo(before);
  }

  @Test
  void changedSourceIsRead() {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    ledger.put(3, "second");

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(ledger.questions).hasValue(1);
    assertThat(report.records()).isEqualTo(25);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
    assertThat(site.run(ledger, SNAPSHOT).records()).isZero();
    assertThat(ledger.questions).hasValue(2);
  }

  @Test
  void readThatFoundTheSameIsKnownAfterwards() {
    Site site = site();
    ledger.tellsUnchanged = false;
    site.run(ledger, SNAPSHOT);
    ledger.remembered = "other tags, the same records";
    site.run(ledger, SNAPSHOT);
    List<Offset> asked = new ArrayList<>();
    ledger.beforeQuestion = asked::add;
    ledger.tellsUnchanged = true;

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.records()).isZero();
    assertThat(report.after().generation()).isEqualTo(1);
    assertThat(asked).singleElement().asString().contains("other tags");
    assertThat(site.current("snapshot")).isEqualTo(1);
  }

  @Test
  void resetTableIsRead() {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    site.state().reset(DESTINATION);

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(ledger.questions).hasValue(0);
    assertThat(report.records()).isEqualTo(25);
  }

  @Test
  void purgedTableIsRead() {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    site.state().resetAndPurge(DESTINATION);

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(ledger.questions).hasValue(0);
    assertThat(report.records()).isEqualTo(25);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void snapshotThatWasLeftUnfinishedIsReadOn() {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    ledger.put(3, "second");
    ledger.beforeRead.put("snapshot", start -> site.cancellation.request());
    site.run(ledger, SNAPSHOT);
    ledger.beforeRead.clear();
    site.cancellation = new Cancellation();
    ledger.put(3, "first"); // as it was when the last complete read ended
    int questions = ledger.questions.get();

    site.run(ledger, SNAPSHOT);

    assertThat(ledger.questions).hasValue(questions);
    assertThat(site.current("snapshot")).isEqualTo(2);
  }

  @Test
  void readThatFailsLeavesTheQuestionOpen() {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    ledger.put(3, "second");
    ledger.beforeRead.put(
        "snapshot",
        start -> {
          throw ConnectorException.transientFailure("away");
        });

    TableReport failed = site.run(ledger, SNAPSHOT);
    ledger.beforeRead.clear();
    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.records()).isEqualTo(25);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void sourceThatCannotBeAskedFailsTheTable() {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    ledger.reads.set(0);
    ledger.beforeQuestion =
        complete -> {
          throw ConnectorException.transientFailure("away");
        };

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error()).map(TableError::message).contains("away");
    assertThat(ledger.reads).hasValue(0);
  }

  @Test
  void tableWithOtherOptionsIsRead() {
    Site site = site();
    site.run(ledger, SNAPSHOT);

    TableReport report = site.run(ledger, Site.table("snapshot", "max_records_per_batch", "2"));

    assertThat(ledger.questions).hasValue(0);
    assertThat(report.records()).isEqualTo(25);
  }

  @ParameterizedTest
  @ValueSource(strings = {"books/snapshot/current.json", COMPLETE})
  void lakeThatDoesNotSayWhatReadersReadIsFilled(String removed) {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    site.store.delete(List.of(removed));

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(ledger.questions).hasValue(0);
    assertThat(report.records()).isEqualTo(25);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"following\": 2}", "{\"following\":2,\"end\":{}}"})
  void damagedKnowledgeIsNone(String text) {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    var before = site.store.document(COMPLETE).orElseThrow();
    site.store.replace(COMPLETE, Optional.of(before.version()), text);

    assertThat(site.run(ledger, SNAPSHOT).records()).isEqualTo(25);
    assertThat(ledger.questions).hasValue(0);
  }

  @Test
  void checkpointThatWasLostTakesNothingFromWhatTheLakeKnows() {
    Site site = site();
    site.run(ledger, SNAPSHOT);
    site.checkpoints.remove(DESTINATION, Flow.DATA);

    TableReport quiet = site.run(ledger, SNAPSHOT);
    ledger.put(3, "second");
    site.run(ledger, SNAPSHOT);

    assertThat(quiet.records()).isZero();
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void otherTablesAreNotAskedAbout() {
    Site site = site();
    site.run(ledger, Site.table("cdc"));
    site.run(ledger, Site.table("cdc"));

    assertThat(ledger.questions).hasValue(0);
    assertThat(site.store.document("books/cdc/complete.json")).isEmpty();
  }
}
