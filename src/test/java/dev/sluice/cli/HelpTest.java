package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.terminal.JsonDocument;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
  @TempDir Path folder;

  private Cli.Result run(String... arguments) {
    return new Cli(folder).run(arguments);
  }

  @Test
  void rootNamesEveryCommand() {
    var result = run();

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .contains("demo", "connectors", "check", "tables", "schema", "preview", "sync", "state")
        .contains("example-api");
    assertThat(run("--help").out()).isEqualTo(result.out());
    assertThat(run("--help", "sync").out()).isEqualTo(result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "connectors",
        "check",
        "tables",
        "schema",
        "preview",
        "sync",
        "state",
        "state show",
        "state reset",
        "example-api"
      })
  void everyCommandExplainsItself(String command) {
    var result = run((command + " --help").split(" ", -1));

    assertThat(result.code()).isZero();
    assertThat(result.out()).startsWith("Usage: sluice " + command);
    assertThat(result.err()).isEmpty();
  }

  @Test
  void versionIsToldWithTheJava() {
    assertThat(run("--version").out()).startsWith("sluice ").contains("Java ");
  }

  @Test
  void unknownCommandsAndOptionsAreRefusedWithTheNearest() {
    var command = run("snyc");
    var option = run("sync", "-p", "acme.yaml", "--tabel", "x");

    assertThat(command.code()).isEqualTo(2);
    assertThat(command.err())
        .isEqualTo(
            """
            sluice: unknown command 'snyc'; did you mean 'sync'?
            Try './sluice --help'.
            """);
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err())
        .isEqualTo(
            """
            sluice: unknown option '--tabel'; did you mean '--table'?
            Try './sluice sync --help'.
            """);
  }

  @Test
  void missingPipelineIsAskedFor() {
    var result = run("sync");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("--pipeline=FILE");
    assertThat(run("sync", "-p", "none.yaml").err())
        .isEqualTo("sluice: There is no pipeline file none.yaml\n");
  }

  @Test
  void connectorsAreListedAndDescribed() {
    assertThat(run("connectors").out())
        .containsPattern("letters +Letters of the alphabet, made up\n");
    assertThat(run("connectors", "letters").out())
        .contains("token   secret, by reference, required")
        .containsPattern("pause_seconds +seconds +0 ")
        .containsPattern("letters +cdc +id +id\n")
        .containsPattern("<shelf> +cdc +id +id\n")
        .containsPattern("color +one of red, blue +all +The color of the letters\n");
    assertThat(run("connectors", "leters").err()).contains("did you mean 'letters'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "github  | issues +cdc +id +updated_at +owner/repository\n",
        "github  | users +snapshot +id\n",
        "github  | branches +snapshot +repository_owner, repository_name, name +owner/repository\n",
        "github  | window_seconds +seconds +604800 +commits ",
        "github  | pull_number +number +reviews ",
        "github  | per_page +number +100 +all but users ",
        "github  | max_records_per_batch +number +all ",
        "hubspot | contacts +cdc_with_deletes +id +updatedAt\n",
        "hubspot | <objectTypeId> +cdc_with_deletes +id +updatedAt\n",
        "fhir    | Patient +cdc_with_deletes +id +meta.lastUpdated\n",
        "fhir    | <ResourceType> +cdc_with_deletes +id +meta.lastUpdated\n",
        "fhir    | profile +one of base_r4, uk_core +base_r4 +Patient ",
        "example | metrics +cdc +metric_id +updated_at\n"
      })
  void connectorsTellTheirTablesWithoutASource(String connector, String line) {
    assertThat(run("connectors", connector).out()).containsPattern("\n  " + line);
  }

  @Test
  void connectorsTellTheOptionsOfEachTableAsJson() {
    var all = JsonDocument.read(run("connectors", "-o", "json").out());
    var gitHub = JsonDocument.read(run("connectors", "github", "-o", "json").out());

    assertThat(all.findValuesAsText("connector")).contains("example", "fhir", "github", "hubspot");
    JsonNode commits = gitHub.path("tables").get(3);
    assertThat(commits.path("table").asText()).isEqualTo("commits");
    assertThat(commits.path("ingestion_type").asText()).isEqualTo("cdc");
    assertThat(commits.path("primary_keys")).hasSize(3);
    assertThat(commits.path("cursor_field").asText()).isEqualTo("commit.committer.date");
    assertThat(commits.path("namespace").toString()).isEqualTo("[\"owner\",\"repository\"]");
    assertThat(commits.path("options").findValuesAsText("option"))
        .contains("branch", "window_seconds", "repo")
        .doesNotContain("state", "lookback_seconds", "keep_generations");
    assertThat(commits.path("options").findValuesAsText("effect"))
        .contains("selects", "addresses", "paces");
  }

  @Test
  void exampleApiRefusesWhatItCannotServe() {
    assertThat(run("example-api", "--port", "70000").err()).contains("from 0 to 65535");
    assertThat(run("example-api", "--error-rate", "NaN").code()).isEqualTo(2);
  }

  @Test
  void exampleApiSaysThatItsPortIsTaken() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      var result = run("example-api", "--port", port);

      assertThat(result.code()).isEqualTo(2);
      assertThat(result.err()).contains("--port is " + port, "in use", "choose another");
    }
  }

  @Test
  void demoLeavesOthersFilesAlone() throws Exception {
    Path mine = java.nio.file.Files.writeString(folder.resolve("mine.txt"), "precious");

    var result = run("demo", "--dir", folder.toString());

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("holds files that are not from a demo");
    assertThat(mine).hasContent("precious");
  }
}
