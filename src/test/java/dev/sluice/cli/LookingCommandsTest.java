package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.JsonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that look at a source and leave no trace. */
final class LookingCommandsTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void cli() {
    cli = new Cli(folder).pipeline("{table: letters, as: abc}");
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(cli.lake()).doesNotExist();
  }

  @Test
  void previewPrintsTheFirstRecordsALineEach() {
    var three = cli.runOn("preview", "abc", "-n", "3");
    var all = cli.runOn("preview", "letters");

    assertThat(three.code()).isZero();
    assertThat(three.out())
        .isEqualTo(
            """
            {"id": 0, "letter": "a"}
            {"id": 1, "letter": "b"}
            {"id": 2, "letter": "c"}
            """);
    assertThat(all.out().lines()).hasSize(5);
  }

  @Test
  void previewOfATableOutsideThePipelineAsksTheSource() {
    assertThat(cli.runOn("preview", "broken").code()).isEqualTo(4);
    assertThat(cli.runOn("preview", "nowhere").err()).contains("Unknown table 'nowhere'");
    assertThat(cli.runOn("preview", "abc", "-n", "0").err()).contains("-n is 0");
  }

  @Test
  void schemaIsATreeOrItsNotation() {
    var tree = cli.runOn("schema", "abc");
    var json = cli.runOn("schema", "abc", "--output", "json");

    assertThat(tree.out())
        .isEqualTo(
            """
            FIELD   TYPE
            id      long    required
            letter  string
            """);
    assertThat(JsonDocument.read(json.out()).path("id").asText()).isEqualTo("long!");
  }

  @Test
  void tablesTellTypeKeysCursorAndWhereTheyLand() {
    var grid = cli.runOn("tables");
    var json = JsonDocument.read(cli.runOn("tables", "-o", "json").out());

    assertThat(grid.out())
        .startsWith("TABLE          INGESTION TYPE  PRIMARY KEYS  CURSOR  LANDS AS\n")
        .contains("letters        cdc             id            id      abc\n");
    assertThat(json).hasSize(7);
    assertThat(json.get(3).toString())
        .isEqualTo(
            """
            {"table":"letters","ingestion_type":"cdc","primary_keys":["id"],"cursor_field":"id","lands_as":["abc"]}\
            """);
  }

  @Test
  void checkSaysWhatItTried() {
    var result = cli.runOn("check");

    assertThat(result.code()).isZero();
    assertThat(result.out().lines().toList())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("ok  "));
    assertThat(result.out()).endsWith("ok  abc: the source answers with records\n");
  }

  @Test
  void checkAsksEveryTableAndFailsWithTheMostSerious() {
    cli.pipeline("unavailable", "letters", "denied");

    var all = cli.runOn("check");
    var one = cli.runOn("check", "--table", "letters");

    assertThat(all.code()).isEqualTo(3);
    assertThat(all.out()).contains("ok  letters: ");
    assertThat(all.err())
        .contains("sluice: unavailable: The source is down\n")
        .endsWith("sluice: denied: The source refused the token\n");
    assertThat(one.code()).isZero();
  }

  @Test
  void checkSaysThatATableIsEmpty() throws IOException {
    Files.writeString(
        cli.file(),
        Files.readString(cli.file()).replace("connection:\n", "connection:\n  count: 0\n"));

    assertThat(cli.runOn("check").out())
        .endsWith("ok  abc: the source answers, and the table is empty\n");
  }

  @Test
  void checkOfflineNeedsNoSecretAndNoSource() {
    var passed = cli.pipeline("denied").without("TOKEN").runOn("check", "--offline");
    var refused =
        cli.pipeline("{table: letters, options: {colour: red}}").runOn("check", "--offline");

    assertThat(passed.code()).isZero();
    assertThat(passed.out()).isEqualTo("ok  pipeline 'acme': connector 'letters', 1 table\n");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("unknown option 'colour' of table 'letters'");
  }

  @ParameterizedTest
  @CsvSource({"nowhere, 2", "misconfigured, 2", "denied, 3", "broken, 4", "unavailable, 5"})
  void checkEndsWithTheCodeOfWhatIsWrong(String table, int code) {
    var result = cli.pipeline(table).runOn("check");

    assertThat(result.code()).isEqualTo(code);
    assertThat(result.err()).startsWith("sluice: ");
  }

  @Test
  void checkNamesTheLineOfATableThatTheSourceDoesNotList() {
    var result = cli.pipeline("letters", "shelf-7").runOn("check");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("sluice: " + cli.file() + ":10: Unknown table 'shelf-7' of connector 'letters'")
        .contains("known are broken, bug, denied, letters");
  }

  @Test
  void checkNamesTheTableThatCannotBeRead() {
    var result = cli.pipeline("denied").runOn("check");

    assertThat(result.err()).startsWith("sluice: denied: ");
  }

  @Test
  void checkRefusesADestinationThatIsAFile() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "");
    Files.writeString(
        cli.file(),
        Files.readString(cli.file()).replace(cli.lake().toString(), occupied + "/lake"));

    var result = cli.runOn("check");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("cannot be written").contains("is not a folder");
  }

  @Test
  void bugIsToldFromAnErrorAndShownOnDemand() {
    var silent = cli.runOn("preview", "bug");
    var loud = cli.runOn("preview", "bug", "--debug");

    assertThat(silent.code()).isEqualTo(1);
    assertThat(silent.err())
        .isEqualTo(
            """
            sluice: internal error: java.lang.IllegalStateException: planted
            This is a bug; --debug prints the stack trace.
            """);
    assertThat(loud.err()).contains("\tat dev.sluice.pipeline.Letters.");
  }
}
