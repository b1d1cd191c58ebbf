package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRecordTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"n\":9007199254740993,\"x\":1e400,\"y\":-0,\"z\":1.10}",
        "{\"s\":\"\\ud800\",\"t\":\"\\u0000\",\"\":1}",
        "{\"a\":1,\"a\":2}",
        "{}"
      })
  void whatTheSourceSentPassesThroughUnchanged(String json) {
    assertThat(SourceRecord.of(json).json()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource({
    "id, 9007199254740993",
    "commit.date, 2026-01-01",
    "flag, true",
    "exact, 1.10",
  })
  void scalarFieldsAreReadAsTheSourceWroteThem(String path, String expected) {
    var record =
        SourceRecord.of(
            "{\"skip\":[{\"id\":1}],\"id\":9007199254740993,\"commit\":{\"x\":{\"date\":0},\"date\":\"2026-01-01\"},\"flag\":true,\"exact\":1.10}");

    assertThat(record.text(path)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"absent", "null", "object", "array", "object.absent", "text.deeper", "a.b"})
  void whatIsNoScalarHasNoText(String path) {
    var record =
        SourceRecord.of("{\"null\":null,\"object\":{\"x\":1},\"array\":[1],\"text\":\"t\"}");

    assertThat(record.text(path)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {\"owner\":\"o\"}",
        "{ } | { \"owner\":\"o\"}",
        "{\"id\":1} | {\"id\":1,\"owner\":\"o\"}",
        "{\"owner\":\"old\",\"id\":1} | {\"owner\":\"o\",\"id\":1}",
        "{\"id\":1,\"owner\": {\"deep\":[1,2]} } | {\"id\":1,\"owner\": \"o\" }",
        "{\"owner\":null} | {\"owner\":\"o\"}",
        "{\"owner\": 12.50 ,\"é\":\"ü\"} | {\"owner\": \"o\" ,\"é\":\"ü\"}",
      })
  void anAddedFieldReplacesOneOfTheSameNameAndTouchesNothingElse(String json, String expected) {
    assertThat(SourceRecord.of(json).with("owner", "o").json()).isEqualTo(expected);
  }

  @Test
  void anAddedNumberIsANumber() {
    assertThat(SourceRecord.of("{\"n\":\"x\"}").with("n", 7L).with("m", -1L).json())
        .isEqualTo("{\"n\":7,\"m\":-1}");
  }

  @Test
  void addedTextIsEscaped() {
    assertThat(SourceRecord.of("{}").with("a\"b", "c\n\"d").json())
        .isEqualTo("{\"a\\\"b\":\"c\\n\\\"d\"}");
  }

  @Test
  void aPrettyRecordBecomesOneLine() throws IOException {
    var out = new ByteArrayOutputStream();

    SourceRecord.of("{\n  \"id\": 1,\r\n  \"text\": \"a\\nb\"\n}").writeLine(out);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("{   \"id\": 1,    \"text\": \"a\\nb\" }\n");
  }

  @Test
  void aSliceDoesNotSeeItsNeighbours() {
    byte[] page = "[{\"id\":1},{\"id\":2}]".getBytes(StandardCharsets.UTF_8);

    var second = SourceRecord.slice(page, 10, 18);

    assertThat(second.text("id")).contains("2");
    assertThat(second.with("x", "y").json()).isEqualTo("{\"id\":2,\"x\":\"y\"}");
  }

  @Test
  void whatIsNoObjectIsRefused() {
    assertThatThrownBy(() -> SourceRecord.of("[1]")).hasMessage("A record is a JSON object");
  }

  @Test
  void theContentIsNotInItsName() {
    assertThat(SourceRecord.of("{\"secret\":\"s3cr3t\"}")).hasToString("SourceRecord of 19 bytes");
  }
}
