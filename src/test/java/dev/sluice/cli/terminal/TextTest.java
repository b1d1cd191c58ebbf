package dev.sluice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.TextTable.Side;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.Progress;
import dev.sluice.spi.SourceConnector.Reached;
import dev.sluice.spi.Table;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How things look. */
final class TextTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Progress PROGRESS =
      new Progress(
          "issues",
          Flow.DATA,
          12_000,
          12,
          () ->
              new Reached(
                  Optional.of(NOW.minus(Duration.ofDays(1))),
                  Optional.empty(),
                  Optional.of("cursor 2025-12-31T00:00:00Z")),
          NOW,
          Duration.ofSeconds(598));

  @ParameterizedTest
  @CsvSource({
    "0, 0.0s",
    "450, 0.5s",
    "9999, 10.0s",
    "12000, 12s",
    "598000, 9m58s",
    "3600000, 1h0m",
    "90061000, 1d1h"
  })
  void timeIsShort(long millis, String text) {
    assertThat(HumanFormat.time(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "99960, 100 kB", "1234567, 1.2 MB"})
  void sizeIsShort(long bytes, String text) {
    assertThat(HumanFormat.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void aSourceControlsNeitherTheTerminalNorTheOrderOfItsLetters() {
    assertThat(ProgressText.printable("a\u001b[31mb\u009b2Jc\r\nd\u202ee\u2066f\u200fg\u061ch"))
        .isEqualTo("a [31mb 2Jc d e f g h");
  }

  @Test
  void columnsAlignAndColorsTakeNoRoom() {
    var grid = TextTable.of(Side.LEFT, Side.RIGHT, Side.LEFT);
    grid.row("TABLE", "RECORDS", "");
    grid.row(Palette.COLORED.good("x"), "12", "done");

    assertThat(grid.lines())
        .containsExactly("TABLE  RECORDS", "\u001b[32mx\u001b[0m           12  done");
  }

  @Test
  void progressTellsTheRateTheCursorTheLagAndTheBudget() {
    assertThat(ProgressText.of(PROGRESS, Duration.ofSeconds(50)))
        .isEqualTo(
            "issues  12,000 records  240/s  12 batches  cursor 2025-12-31T00:00:00Z  lag 1d0h"
                + "  9m58s left");
  }

  @Test
  void liveLineIsCutWhereTheTerminalEndsAndCountsDown() {
    var bytes = new ByteArrayOutputStream();
    var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    try (var live = new LiveLine(err, 40, InstantSource.fixed(NOW))) {
      live.tableStarted(
          new PipelineTable(Table.named("issues"), "issues", Optional.empty(), Optional.empty()));
      live.progressed(PROGRESS);
      live.waiting("rate\u001b[2J\nlimited", Duration.ofSeconds(90));
      live.warning("a record is dated 2099");
    }

    String written = bytes.toString(StandardCharsets.UTF_8);
    assertThat(written)
        .contains("issues  waiting 1m30s: rate [2J limited")
        .contains("warning: a record is dated 2099\n")
        .endsWith("\r\u001b[K");
    assertThat(written.split("\r\u001b\\[K|\n", -1))
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(40));
  }

  @Test
  void logFilesGetNoControlCharacters() {
    var bytes = new ByteArrayOutputStream();
    var err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    try (var lines = new ProgressLines(err, InstantSource.fixed(NOW))) {
      lines.progressed(PROGRESS);
      lines.progressed(PROGRESS);
      lines.waiting("rate limited", Duration.ofSeconds(90));
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).doesNotContain("\r", "\u001b"));
  }
}
