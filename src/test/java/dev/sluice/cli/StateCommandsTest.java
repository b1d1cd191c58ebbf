package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.JsonDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateCommandsTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void cli() {
    cli = new Cli(folder).pipeline("letters", "{table: letters, as: other}");
  }

  private int generation(String table) {
    var result = cli.runOn("state", "show", "--table", table, "-o", "json");
    return JsonDocument.read(result.out()).at("/0/generation").asInt();
  }

  @Test
  void beforeTheFirstSyncThereIsNothing() {
    var result = cli.without("TOKEN").runOn("state", "show");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("Nothing is saved yet.\n");
  }

  @Test
  void offsetsAreShownWithoutSecrets() {
    cli.runOn("sync");

    var table = cli.without("TOKEN").runOn("state", "show");
    var json = cli.runOn("state", "show", "--table", "other", "-o", "json");

    assertThat(table.out())
        .startsWith("TABLE    FLOW  GENERATION  BATCHES  OFFSET\n")
        .containsPattern("letters  data  1 +\\d+ +\\{\"next\":5}")
        .contains("other ");
    assertThat(JsonDocument.read(json.out()).at("/0/offset/next").asInt()).isEqualTo(5);
    assertThat(JsonDocument.read(json.out())).hasSize(1);
  }

  @Test
  void otherTableUnderTheSameNameIsRefusedUntilItIsAccepted() {
    cli.runOn("sync");
    cli.pipeline("{table: shelf-1, as: letters}");

    var refused = cli.runOn("sync");
    var accepted = cli.without("TOKEN").runOn("state", "accept", "letters");
    var after = cli.runOn("state", "show", "--table", "letters", "-o", "json");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.out())
        .contains("table was 'letters' and is 'shelf-1'")
        .contains("Saved: [connector letters, table letters]")
        .contains("now: [connector letters, table shelf-1]")
        .contains("./sluice state reset")
        .contains("./sluice state accept -p FILE letters");
    assertThat(accepted.code()).isZero();
    assertThat(accepted.out())
        .isEqualTo(
            "letters: data goes on from {\"next\":5} as [connector letters, table shelf-1]\n");
    assertThat(JsonDocument.read(after.out()).at("/0/reading/table").asText()).isEqualTo("shelf-1");
  }

  @Test
  void checkFindsAnOffsetOfAnotherReading() {
    cli.runOn("sync");

    var result = cli.pipeline("{table: limited, as: letters}").runOn("check");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("table was 'letters' and is 'limited'");
  }

  @Test
  void nameThatDiffersInCaseAloneFromWhatHasLandedIsRefused() throws IOException {
    cli.runOn("sync");
    Files.writeString(cli.file(), Files.readString(cli.file()).replace("name: acme", "name: ACME"));
    var pipeline = cli.runOn("sync");
    var table = cli.pipeline("{table: letters, as: OTHER}").runOn("sync");

    assertThat(pipeline.code()).isEqualTo(2);
    assertThat(pipeline.err()).contains("has 'acme', which differs from 'ACME' in case alone");
    assertThat(table.code()).isEqualTo(2);
    assertThat(table.err()).contains("has 'other', which differs from 'OTHER' in case alone");
  }

  @Test
  void nothingSavedIsNothingToAccept() {
    var result = cli.runOn("state", "accept", "letters");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("letters: nothing is saved yet\n");
  }

  @Test
  void resetAsksAndTakesNoForAnAnswer() {
    cli.runOn("sync");

    var refused = cli.answering("n").runOn("state", "reset");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("Read letters, other of 'acme' again from the beginning? [y/N]")
        .contains("Nothing was changed.");
    assertThat(generation("letters")).isEqualTo(1);
  }

  @Test
  void resetBeginsTheNextGenerationOfTheNamedTable() {
    cli.runOn("sync");

    var result = cli.answering("y").runOn("state", "reset", "--table", "other");

    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo("other: generation 2 begins\n");
    assertThat(generation("other")).isEqualTo(2);
    assertThat(generation("letters")).isEqualTo(1);
    assertThat(cli.lake().resolve("acme/other/data/g=000001")).isDirectory();
  }

  @Test
  void whereNobodyCanAnswerResetNeedsYes() {
    cli.runOn("sync");

    assertThat(cli.runOn("state", "reset").err()).contains("--yes");
    assertThat(cli.runOn("state", "reset").code()).isEqualTo(2);
    assertThat(cli.runOn("state", "reset", "--yes").code()).isZero();
  }

  @Test
  void purgeRemovesWhatHasLanded() {
    cli.runOn("sync");

    var result = cli.runOn("state", "reset", "--yes", "--purge", "-t", "letters");

    assertThat(result.code()).isZero();
    assertThat(cli.lake().resolve("acme/letters/data/g=000001/00000000000000000001.jsonl"))
        .doesNotExist();
    assertThat(cli.runOn("sync", "-t", "letters").out()).containsPattern("letters +caught up +5 ");
  }

  @Test
  void stateAloneSaysWhatIsMissing() {
    var result = cli.run("state");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("'state show', 'state accept' or 'state reset'");
  }
}
