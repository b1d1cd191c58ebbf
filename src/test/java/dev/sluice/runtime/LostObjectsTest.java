package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that somebody has removed by hand, behind the back of the checkpoints. */
class LostObjectsTest {
  private static final PipelineTable APPEND = Site.table("append", "max_records_per_batch", "1");
  private static final PipelineTable DELETES = Site.table("cdc_with_deletes");
  private static final PipelineTable SNAPSHOT =
      Site.table("snapshot", "max_records_per_batch", "1");

  @TempDir(factory = FastFolder.class)
  Path root;

  private Site site;
  private final Ledger ledger = Ledger.of(25);

  @BeforeEach
  void open() {
    site = new Site(root);
  }

  private void remove(String prefix) {
    List<String> keys = site.store.list(prefix);
    assertThat(keys).isNotEmpty();
    site.store.delete(keys);
  }

  private void assertRefused(PipelineTable table, String flow) {
    List<String> before = site.store.list("books/%s/".formatted(table.as()));

    TableReport report = site.run(ledger, table);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error().map(TableError::kind)).contains(TableError.Kind.CONFIGURATION);
    assertThat(report.error().map(TableError::message).orElseThrow())
        .contains("books/" + table.as(), flow, "state reset");
    assertThat(site.store.list("books/%s/".formatted(table.as())))
        .filteredOn(key -> !key.endsWith("schema.json"))
        .isEqualTo(before.stream().filter(key -> !key.endsWith("schema.json")).toList());
  }

  @Test
  void tableWhoseLastObjectsAreGoneIsRefusedByName() {
    site.run(ledger, APPEND);
    ledger.put(26, "late");
    remove("books/append/data/g=000001/%020d".formatted(3));

    assertRefused(APPEND, "microbatch 3 in generation 1 of its data");

    assertThat(site.keys("append", Flow.DATA, 1)).hasSize(2);
  }

  @Test
  void tableWhoseGenerationIsGoneIsRefusedByName() {
    site.run(ledger, APPEND);
    remove("books/append/data/g=000001/");

    assertRefused(APPEND, "generation 1");
  }

  @Test
  void tableWhoseFolderIsGoneIsRefusedAndNotShownAgain() {
    site.run(ledger, APPEND);
    remove("books/append/data/g=000001/");
    remove("books/append/formats/data/");
    remove("books/append/current.json");
    remove("books/append/schema.json");

    assertRefused(APPEND, "generation 1");

    assertThat(site.lake().current(Site.destination("append"))).isEqualTo(Optional.empty());
  }

  @Test
  void gapAfterTheCheckpointIsNotFilled() {
    site.run(ledger, APPEND);
    Checkpoint halfway = site.checkpoint("append");
    ledger.put(26, "late");
    site.run(ledger, APPEND);
    ledger.put(27, "later");
    site.run(ledger, APPEND);
    // The checkpoint comes from a backup, and the object after it is gone.
    site.checkpoints.replace(
        Site.destination("append"), Flow.DATA, Optional.of(site.checkpoint("append")), halfway);
    remove("books/append/data/g=000001/%020d".formatted(4));

    assertRefused(APPEND, "generation 1");
  }

  @Test
  void deletesThatAreGoneAreMissed() {
    ledger.tombstones.put(1, "{\"id\": 1}");
    site.run(ledger, DELETES);
    remove("books/cdc_with_deletes/deletes/g=000001/");

    assertRefused(DELETES, "microbatch 1 in generation 1 of its deletes");
  }

  @Test
  void refusedTableIsReadAgainAfterAReset() {
    site.run(ledger, APPEND);
    remove("books/append/data/g=000001/");
    assertRefused(APPEND, "generation 1");

    site.state().reset(Site.destination("append"));
    TableReport report = site.run(ledger, APPEND);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void snapshotThatReadersHaveLostIsReadAndShownAgain() {
    site.run(ledger, SNAPSHOT);
    remove("books/snapshot/data/g=000001/");

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void sourceIsReadAgainAlthoughItSaysThatALostSnapshotIsUnchanged() {
    ledger.tellsUnchanged = true;
    site.run(ledger, SNAPSHOT);
    remove("books/snapshot/data/g=000001/");

    TableReport report = site.run(ledger, SNAPSHOT);

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("snapshot")).isEqualTo(ledger.lines());
  }
}
