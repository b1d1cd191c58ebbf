package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes of a table whose data does not catch up. */
class DeletesShareTest {
  private static final PipelineTable TABLE =
      Site.table("cdc_with_deletes", "max_records_per_batch", "1");

  @TempDir Path root;

  private static Ledger ledger() {
    Ledger ledger = Ledger.of(300);
    ledger.tombstones.put(2, "{\"id\": 2}");
    return ledger;
  }

  @Test
  void deletesComeWhileALongLoadGoesOn() {
    var site = new Site(root);
    Ledger ledger = ledger();
    ledger.beforeRead.put(
        "cdc_with_deletes", start -> site.now = site.now.plus(Duration.ofMinutes(5)));

    TableReport first = site.run(ledger, TABLE);
    site.now = site.now.plus(Duration.ofHours(1));
    ledger.tombstones.put(9, "{\"id\": 9}");
    TableReport second = site.run(ledger, TABLE);

    assertThat(first.outcome()).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(first.records()).isPositive().isLessThan(300);
    assertThat(first.deletes()).isEqualTo(1);
    assertThat(second.outcome()).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(second.records()).isPositive();
    assertThat(site.lines("cdc_with_deletes", Flow.DELETES, 1))
        .containsExactly("{\"id\": 2}", "{\"id\": 9}");
  }

  @Test
  void dataThatCannotBeReadKeepsNoDeletesBack() {
    var site = new Site(root);
    Ledger ledger = ledger();
    ledger.beforeRead.put(
        "cdc_with_deletes",
        start -> {
          throw ConnectorException.protocol("a record is missing its key");
        });

    TableReport report = site.run(ledger, TABLE);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error().orElseThrow().message()).contains("a record is missing its key");
    assertThat(report.deletes()).isEqualTo(1);
  }

  @Test
  void aRefusedCredentialIsNotTriedAgainForDeletes() {
    var site = new Site(root);
    Ledger ledger = ledger();
    ledger.beforeRead.put(
        "cdc_with_deletes",
        start -> {
          throw ConnectorException.accessDenied("401");
        });

    TableReport report = site.run(ledger, TABLE);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.deletes()).isZero();
  }
}
