package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import dev.sluice.spi.Table;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An offset of one reading is not used by another. */
class ForeignReadingTest {
  @TempDir(factory = FastFolder.class)
  Path root;

  private final Ledger ledger = Ledger.of(25);

  private static PipelineTable half() {
    return Site.table("append", "shelf", "red", "max_records_per_batch", "1");
  }

  /** Reads the first ten of 25 entries and stops. */
  private Site interrupted() {
    var site = new Site(root);
    ledger.beforeRead.put("append", start -> site.cancellation.request());
    assertThat(site.run(ledger, half()).records()).isEqualTo(10);
    ledger.beforeRead.clear();
    return new Site(root);
  }

  private static void assertRefused(TableReport report) {
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error().orElseThrow().kind()).isEqualTo(TableError.Kind.CONFIGURATION);
    assertThat(report.requests()).isZero();
    assertThat(report.records()).isZero();
  }

  @Test
  void changedChoiceIsRefusedBeforeTheFirstRequestWithBothReadings() {
    Site site = interrupted();

    TableReport report = site.run(ledger, Site.table("append"));

    assertRefused(report);
    assertThat(report.after()).isEqualTo(site.checkpoint("append"));
    assertThat(report.error().orElseThrow().message())
        .contains("shelf was 'red' and is not set")
        .contains("[connector ledger, table append, shelf red]")
        .contains("[connector ledger, table append]")
        .contains("state reset")
        .contains("state accept -p FILE append");
    assertThat(site.published("append")).hasSize(10);
  }

  @Test
  void otherTableUnderTheSameNameIsRefusedAndDoesNotDescribeItself() throws Exception {
    Site site = interrupted();
    var cdc = new PipelineTable(Table.named("cdc"), "append", Optional.empty(), Optional.empty());

    assertRefused(site.run(ledger, cdc));

    assertThat(root.resolve("books/append/schema.json")).content().contains("\"append\"");
  }

  @Test
  void paceMayChangeAtAnyTime() {
    Site site = interrupted();

    TableReport report =
        site.run(ledger, Site.table("append", "shelf", "red", "max_records_per_batch", "7"));

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void acceptedReadingGoesOnFromTheOffset() {
    Site site = interrupted();
    var reading = Reading.of(ledger, Options.NONE, Table.named("append"));

    var accepted = site.state().accept(Site.destination("append"), reading);

    assertThat(accepted).containsOnlyKeys(Flow.DATA);
    TableReport report = site.run(ledger, Site.table("append"));
    assertThat(report.records()).isEqualTo(15);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
    assertRefused(site.run(ledger, half()));
  }

  @Test
  void resetReadsEverythingAgain() {
    Site site = interrupted();

    site.state().reset(Site.destination("append"));

    assertThat(site.run(ledger, Site.table("append")).records()).isEqualTo(25);
  }

  @Test
  void nothingIsSavedAtTheStartSoThatAnOptionCanBeMended() {
    var site = new Site(root);
    ledger.beforeRead.put(
        "append",
        start -> {
          throw ConnectorException.configuration("There is no shelf 'rde'");
        });
    site.run(ledger, Site.table("append", "shelf", "rde"));
    ledger.beforeRead.clear();

    assertThat(site.run(ledger, half()).records()).isEqualTo(25);
  }

  @Test
  void checkpointOfAnEarlierReleaseGetsItsReadingInTheFirstRun() {
    Site site = interrupted();
    Checkpoint saved = site.checkpoint("append");
    site.checkpoints.replace(
        Site.destination("append"), Flow.DATA, Optional.of(saved), saved.withoutReading());

    assertThat(site.run(ledger, half()).records()).isEqualTo(15);

    assertRefused(site.run(ledger, Site.table("append")));
  }

  @Test
  void runThatBringsNothingWritesTheReadingToo() {
    Site site = interrupted();
    site.run(ledger, half());
    Checkpoint saved = site.checkpoint("append");
    site.checkpoints.replace(
        Site.destination("append"), Flow.DATA, Optional.of(saved), saved.withoutReading());

    site.run(ledger, half());

    assertThat(site.checkpoint("append")).isEqualTo(saved);
  }

  @Test
  void lakeKnowsTheReadingWhenTheCheckpointsAreLost() {
    interrupted();
    var site = new Site(root).with(new LocalCheckpointStore(root.resolve("others")));

    TableReport refused = site.run(ledger, Site.table("append"));
    TableReport same = site.run(ledger, half());

    assertRefused(refused);
    assertThat(same.records()).isEqualTo(15);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void acceptFindsTheOffsetInTheLakeWhenTheCheckpointsAreLost() {
    interrupted();
    var site = new Site(root).with(new LocalCheckpointStore(root.resolve("others")));
    var reading = Reading.of(ledger, Options.NONE, Table.named("append"));

    site.state().accept(Site.destination("append"), reading);

    assertThat(site.run(ledger, Site.table("append")).records()).isEqualTo(15);
  }

  @Test
  void batchThatARunOfAnotherReadingLeftIsNotAdopted() {
    Site site = interrupted();
    Checkpoint before = site.checkpoint("append");
    site.run(ledger, half());
    Checkpoint after = site.checkpoint("append");
    var other = Reading.of(ledger, Options.NONE, Table.named("append"));
    site.checkpoints.replace(
        Site.destination("append"), Flow.DATA, Optional.of(after), before.in(other));

    assertRefused(site.run(ledger, Site.table("append")));
    site.state().accept(Site.destination("append"), other);

    TableReport report = site.run(ledger, Site.table("append"));
    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void unfinishedSnapshotOfAnotherReadingIsRefusedAndAFinishedOneIsReplaced() {
    var site = new Site(root);
    ledger.beforeRead.put("snapshot", start -> site.cancellation.request());
    site.run(ledger, Site.table("snapshot", "shelf", "red", "max_records_per_batch", "1"));
    ledger.beforeRead.clear();
    var calm = new Site(root);

    TableReport refused = calm.run(ledger, Site.table("snapshot"));
    calm.run(ledger, Site.table("snapshot", "shelf", "red"));
    ledger.put(26, "new");
    TableReport next = calm.run(ledger, Site.table("snapshot"));

    assertRefused(refused);
    assertThat(next.records()).isEqualTo(26);
    assertThat(calm.published("snapshot")).isEqualTo(ledger.lines());
  }

  @Test
  void longReadingLiesBesideTheObjects() {
    var site = new Site(root);
    String shelf = "é".repeat(2000);
    ledger.beforeRead.put("append", start -> site.cancellation.request());
    site.run(ledger, Site.table("append", "shelf", shelf, "max_records_per_batch", "1"));
    ledger.beforeRead.clear();
    var lost = new Site(root).with(new LocalCheckpointStore(root.resolve("others")));

    assertThat(lost.run(ledger, Site.table("append", "shelf", shelf)).records()).isEqualTo(15);
    assertRefused(lost.run(ledger, Site.table("append", "shelf", "red")));
  }
}
