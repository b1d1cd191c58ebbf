package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.terminal.JsonDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InvokeCommandTest {
  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void cli() {
    cli =
        new Cli(folder)
            .pipeline("letters", "denied", "unavailable")
            .with("SLUICE_PIPELINES", folder.toString());
  }

  private String event(String text) throws IOException {
    return Files.writeString(folder.resolve("event.json"), text).toString();
  }

  private String scheduled(String table) throws IOException {
    return event("{\"pipeline\": \"acme\", \"tables\": [\"%s\"]}".formatted(table));
  }

  @Test
  void answerStandsAloneOnStandardOutputAndLogOnStandardError() throws IOException {
    var result = cli.run("invoke", "scheduled-sync", scheduled("letters"));

    assertThat(result.code()).isZero();
    assertThat(result.out().lines()).hasSize(1);
    assertThat(JsonDocument.read(result.out()).at("/tables/0/records").asInt()).isEqualTo(5);
    assertThat(result.err())
        .contains("\"message\":\"Run finished\"")
        .contains("\"Records\":5")
        .doesNotContain(Cli.SECRET);
  }

  @ParameterizedTest
  @CsvSource({"letters, 0", "denied, 3", "unavailable, 5", "letters+denied, 3"})
  void exitCodeIsThatOfTheTables(String tables, int code) throws IOException {
    var result = cli.run("invoke", "scheduled-sync", scheduled(tables.replace("+", "\", \"")));

    assertThat(result.code()).isEqualTo(code);
    assertThat(JsonDocument.read(result.out()).path("pipeline").asText()).isEqualTo("acme");
    assertThat(result.err().contains("sluice: Pipeline 'acme', run run-1")).isEqualTo(code != 0);
  }

  @Test
  void badMessageOfABatchIsInTheAnswerAndInTheExitCode() throws IOException {
    var result =
        cli.run(
            "invoke",
            "event-sync",
            event(
                """
                {"Records": [{"messageId": "a", "body": "{\\"pipeline\\": \\"acme\\", \\"table\\": \\"letters\\"}"},
                             {"messageId": "b", "body": "{}"}]}
                """));

    assertThat(result.out()).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"}]}\n");
    assertThat(result.code()).isEqualTo(2);
  }

  @Test
  void remainingTimeEndsTheRun() throws IOException {
    cli.pipeline("{table: letters, options: {pause_seconds: 1}}");

    var result = cli.run("invoke", "--remaining", "1s", "scheduled-sync", scheduled("letters"));

    assertThat(JsonDocument.read(result.out()).at("/tables/0/outcome").asText())
        .isEqualTo("OUT_OF_TIME");
    assertThat(result.code()).isEqualTo(5);
  }

  @Test
  void unknownFunctionIsAnsweredWithTheKnownOnes() throws IOException {
    var result = cli.run("invoke", "cron", scheduled("letters"));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo("sluice: There is no function 'cron'; known are event-sync, scheduled-sync\n");
    assertThat(cli.run("invoke", "event-snyc", scheduled("letters")).err())
        .contains("did you mean 'event-sync'?");
  }

  @Test
  void eventThatCannotBeReadIsExplained() throws IOException {
    assertThat(cli.run("invoke", "event-sync", folder.resolve("none.json").toString()).err())
        .contains("sluice: There is no event file " + folder.resolve("none.json"));
    var malformed = cli.run("invoke", "event-sync", event("{\"pipeline\": \"acme\""));
    assertThat(malformed.err())
        .contains("sluice: The event: not well-formed JSON in line 1")
        .contains("it ends too early");
    assertThat(malformed.code()).isEqualTo(2);
    assertThat(malformed.out()).isEmpty();
    assertThat(cli.run("invoke", "event-sync", event("")).err()).contains("it is empty");
  }

  @Test
  void dashReadsStandardInput() {
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "{\"pipeline\": \"acme\", \"table\": \"letters\"}".getBytes(StandardCharsets.UTF_8)));
    try {
      assertThat(cli.run("invoke", "event-sync", "-").code()).isZero();
    } finally {
      System.setIn(before);
    }
  }
}
