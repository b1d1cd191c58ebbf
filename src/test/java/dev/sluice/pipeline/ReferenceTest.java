package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferenceTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path folder;

  private Pipeline pipeline(String token) throws IOException {
    Path file = folder.resolve("acme.yaml");
    Files.writeString(file, PipelineFileTest.GOOD.replace("${env:TOKEN}", token));
    return Pipeline.read(file, new Connectors(List.of(new LettersProvider())), Map.of());
  }

  private String resolve(String token, Map<String, String> variables) throws IOException {
    return pipeline(token).connectionOptions(variables, NOW, () -> NOW).get(LettersProvider.TOKEN);
  }

  @Test
  void variableIsReadWhenItIsNeeded() throws IOException {
    assertThat(resolve("${env:TOKEN}", Map.of("TOKEN", "s3cret"))).isEqualTo("s3cret");
  }

  @Test
  void fileLiesBesideThePipelineFileAndLosesItsLineBreak() throws IOException {
    Files.writeString(folder.resolve("token.txt"), "s3cret\n");

    assertThat(resolve("${file:token.txt}", Map.of())).isEqualTo("s3cret");
    assertThat(resolve("${file:" + folder.resolve("token.txt") + "}", Map.of()))
        .isEqualTo("s3cret");
  }

  @Test
  void lineEndsBehindAVariableAreNoPartOfIt() throws IOException {
    assertThat(resolve("${env:TOKEN}", Map.of("TOKEN", " s3cret \r\n\n"))).isEqualTo(" s3cret ");
  }

  @Test
  void keyInPemKeepsItsLines() throws IOException {
    String pem = "-----BEGIN PRIVATE KEY-----\r\nMIG2\n-----END PRIVATE KEY-----";

    assertThat(resolve("${env:TOKEN}", Map.of("TOKEN", pem + "\n"))).isEqualTo(pem);
  }

  @Test
  void controlCharacterIsNamedAndTheValueIsNot() throws IOException {
    Files.writeString(folder.resolve("two.txt"), "s3cret\nuser\n");

    assertThatThrownBy(() -> resolve("${file:two.txt}", Map.of()))
        .hasMessageContaining("acme.yaml:4: the value of ${file:two.txt}")
        .hasMessageContaining("U+000A")
        .hasMessageNotContaining("s3cret");
    for (String value : List.of("s3\u0000cret", "s3cret\u007f", "\u0085s3cret", "s3\rcret")) {
      assertThatThrownBy(() -> resolve("${env:TOKEN}", Map.of("TOKEN", value)))
          .isInstanceOf(ConnectorException.class)
          .hasMessageContaining("acme.yaml:4: the value of ${env:TOKEN} has the control character")
          .hasMessageNotContaining("cret");
    }
  }

  @Test
  void secretsKnowWhereTheyComeFromAndDoNotShowIt() throws IOException {
    var options = pipeline("${env:TOKEN}").connectionOptions(Map.of("TOKEN", "s3"), NOW, () -> NOW);

    assertThat(options.with("count", "8").secrets())
        .isEqualTo("`token` (%s:4, TOKEN)".formatted(folder.resolve("acme.yaml")));
    assertThat(options)
        .isEqualTo(Options.of(Map.of("token", "s3", "count", "7")))
        .hasToString("[count, token]");
  }

  @Test
  void missingOnesAreNamedWithTheirLine() throws IOException {
    Files.writeString(folder.resolve("empty.txt"), "\n");
    var messages =
        Map.of(
            "${env:TOKEN}", "the environment variable TOKEN is not set",
            "${env:BLANK}", "the environment variable BLANK is empty",
            "${file:none.txt}", "none.txt does not exist",
            "${file:empty.txt}", "empty.txt is empty",
            "${secretsmanager:#token}", "${secretsmanager:ID#key}",
            "${secretsmanager:acme#}", "${secretsmanager:ID#key}");

    messages.forEach(
        (token, message) ->
            assertThatThrownBy(() -> resolve(token, Map.of("BLANK", " ")))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("acme.yaml:4: ")
                .hasMessageContaining(message));
  }

  @Test
  void valueOfTheWrongTypeIsRefusedAfterTheLookUp() throws IOException {
    Path file = folder.resolve("typed.yaml");
    Files.writeString(file, PipelineFileTest.GOOD.replace("count: 7", "count: ${env:COUNT}"));
    var pipeline = Pipeline.read(file, new Connectors(List.of(new LettersProvider())), Map.of());

    assertThatThrownBy(
            () -> pipeline.connectionOptions(Map.of("TOKEN", "t", "COUNT", "many"), NOW, () -> NOW))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("typed.yaml:")
        .hasMessageContaining("Option 'count' is 'many'");
  }
}
