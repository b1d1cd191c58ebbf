package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.terminal.JsonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SyncCommandTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void cli() {
    cli = new Cli(folder);
  }

  private List<String> landed(String table) throws IOException {
    try (var files = Files.walk(cli.lake().resolve("acme").resolve(table).resolve("data"))) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .flatMap(
              file -> {
                try {
                  return Files.readAllLines(file).stream();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  @Test
  void recordsLandAndTheTableSaysSo() throws IOException {
    var result = cli.pipeline("letters").runOn("sync");

    assertThat(result.err()).matches("letters: caught up, 5 records in \\S+s\n");
    assertThat(result.code()).isZero();
    assertThat(result.out().lines().toList()).hasSize(2);
    assertThat(result.out())
        .startsWith("TABLE    OUTCOME    RECORDS")
        .containsPattern("letters  caught up +5 +0 ");
    assertThat(landed("letters")).hasSize(5).first().isEqualTo("{\"id\": 0, \"letter\": \"a\"}");
  }

  @Test
  void jsonReportStandsAloneOnStandardOutput() {
    var result = cli.pipeline("letters", "unavailable").runOn("sync", "--output", "json");

    JsonNode report = JsonDocument.read(result.out());
    assertThat(result.out().lines()).hasSize(1);
    assertThat(report.path("pipeline").asText()).isEqualTo("acme");
    assertThat(report.path("run_id").asText()).isEqualTo("run-1");
    assertThat(report.at("/tables/0/records").asInt()).isEqualTo(5);
    assertThat(report.at("/tables/0/outcome").asText()).isEqualTo("CAUGHT_UP");
    assertThat(report.at("/tables/1/error/kind").asText()).isEqualTo("TRANSIENT");
    assertThat(result.code()).isEqualTo(5);
  }

  @Test
  void secondRunBringsNothingTwice() throws IOException {
    cli.pipeline("letters").runOn("sync");

    var result = cli.runOn("sync", "-o", "json");

    assertThat(JsonDocument.read(result.out()).at("/tables/0/records").asInt()).isZero();
    assertThat(landed("letters")).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource({
    "letters, 0",
    "bug, 1",
    "misconfigured, 2",
    "nowhere, 2",
    "denied, 3",
    "broken, 4",
    "unavailable, 5",
    "limited, 5",
    "unavailable+letters, 5",
    "unavailable+broken, 4",
    "broken+denied, 3",
    "denied+misconfigured, 2",
    "misconfigured+bug+letters, 1",
  })
  void exitCodeIsTheMostSeriousTables(String tables, int code) {
    var result = cli.pipeline(tables.split("\\+", -1)).runOn("sync");

    assertThat(result.code()).isEqualTo(code);
  }

  @Test
  void failureIsExplainedBelowTheTable() {
    var result = cli.pipeline("denied", "limited").runOn("sync");

    assertThat(result.out())
        .contains("denied: CONFIGURATION: The source refused the token")
        .contains("limited: the source asks to wait until 2099-01-01T00:00:00Z");
  }

  @Test
  void onlyTheNamedTablesAreRead() {
    cli.pipeline("letters", "{table: letters, as: other}", "denied");

    var result = cli.runOn("sync", "--table", "other");

    assertThat(result.code()).isZero();
    assertThat(cli.lake().resolve("acme/other/data")).isDirectory();
    assertThat(cli.lake().resolve("acme/letters")).doesNotExist();
    assertThat(cli.runOn("sync", "--table", "othr").code()).isEqualTo(2);
  }

  @Test
  void destinationThatIsAFileIsAConfigurationError() throws IOException {
    cli.pipeline("letters");
    Files.writeString(cli.lake(), "mine");

    var result = cli.runOn("sync");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("The destination %s cannot be written".formatted(cli.lake()))
        .contains("is not a folder");
    assertThat(cli.lake()).hasContent("mine");
  }

  @Test
  void damagedCheckpointIsNamedByItsFile() throws IOException {
    cli.pipeline("letters").runOn("sync");
    Path checkpoint = cli.lake().resolve(".sluice/tables/acme/letters/data.json");
    Files.writeString(checkpoint, "{\"version\":1,");

    var result = cli.runOn("sync");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.out()).contains(checkpoint.toString()).contains("it is damaged");
    assertThat(cli.runOn("state", "show").err()).contains(checkpoint.toString());
  }

  @Test
  void missingSecretIsNamedWithItsLineAndNothingIsWritten() {
    var result = cli.without("TOKEN").pipeline("letters").runOn("sync");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "sluice: %s:4: the environment variable TOKEN is not set\n".formatted(cli.file()));
    assertThat(result.out()).isEmpty();
    assertThat(cli.lake()).doesNotExist();
  }

  @Test
  void secretIsNeverWritten() throws IOException {
    var result = cli.pipeline("letters", "bug", "denied", "broken").runOn("sync", "--debug");

    assertThat(result.out() + result.err()).doesNotContain(Cli.SECRET);
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain(Cli.SECRET));
    }
  }

  @Test
  void timeBudgetIsALengthOfTime() {
    var result = cli.pipeline("letters").runOn("sync", "--time-budget", "soon");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("'--time-budget'")
        .contains("'soon' is not a length of time; write it like 90s, 10m or 1h30m");
  }

  @Test
  void damagedPipelineFileIsAConfigurationError() throws IOException {
    Files.writeString(cli.file(), "name: acme\nconector: letters\n");

    var result = cli.runOn("sync");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "sluice: %s:2: unknown key 'conector' in the pipeline; did you mean 'connector'?\n"
                .formatted(cli.file()));
  }
}
