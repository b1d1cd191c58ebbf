package dev.sluice.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.Ledger;
import dev.sluice.runtime.Site;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints in files that cannot be read. */
class DamagedCheckpointTest {
  private static final PipelineTable APPEND = Site.table("append", "max_records_per_batch", "1");

  @TempDir Path root;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"version\":1,\"generation\":1,\"sequence\":1}",
        "{\"version\":1,\"generation\":0,\"sequence\":1,\"offset\":{}}",
        "{\"version\":1,\"generation\":1,\"sequence\":1,\"offset\":\"x\"}",
        "{\"version\":2,\"generation\":1,\"sequence\":1,\"offset\":{}}",
        "{\"generation\":1,\"sequence\":1,\"offset\":{}}"
      })
  void checkpointThatIsNotUnderstoodIsRefused(String text) throws IOException {
    var site = new Site(root);
    site.run(Ledger.of(20), APPEND);
    Path file = root.resolve(".sluice/tables/books/append/data.json");
    Files.writeString(file, text);

    TableReport report = site.run(Ledger.of(30), APPEND);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error().orElseThrow().kind()).isEqualTo(TableError.Kind.CONFIGURATION);
    assertThat(report.error().orElseThrow().message()).contains("state reset");
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(site.published("append")).hasSize(20);
  }

  @Test
  void checkpointOfANewerReleaseSaysSo() {
    assertThatThrownBy(
            () -> Checkpoint.parse("{\"version\":7,\"generation\":1,\"sequence\":1,\"offset\":{}}"))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("version 7");
  }

  @Test
  void checkpointKeepsTheDigitsOfItsOffset() {
    var checkpoint = new Checkpoint(3, 17, Offset.parse("{\"at\":1.5000,\"id\":9007199254740993}"));

    assertThat(Checkpoint.parse(checkpoint.json())).isEqualTo(checkpoint);
  }

  @Test
  void damagedCheckpointCanBeReset() throws IOException {
    var site = new Site(root);
    site.run(Ledger.of(20), APPEND);
    Files.writeString(root.resolve(".sluice/tables/books/append/data.json"), "{");

    Checkpoint next = site.state().reset(Site.destination("append"));

    assertThat(next).isEqualTo(new Checkpoint(2, 0, Offset.START));
    assertThat(site.run(Ledger.of(20), APPEND).records()).isEqualTo(20);
  }
}
