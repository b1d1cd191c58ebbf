package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
  void whatWasNotedIsNotLookedForAgain() {
    byte[] page =
        "{\"id\":1,\"at\":\"in the bytes\",\"none\":null}".getBytes(StandardCharsets.UTF_8);
    var noted = new ExtractedFields(List.of("at", "none", "absent"));

    assertThat(noted.note(0, Optional.of("noted"))).isTrue();
    assertThat(noted.note(0, Optional.of("a duplicate"))).isFalse();
    assertThat(noted.note(1, Optional.empty())).isTrue();

    var record = SourceRecord.slice(page, 0, page.length, noted);
    assertThat(record.text("at")).contains("noted");
    assertThat(record.text("none")).isEmpty();
    assertThat(record.text("absent")).isEmpty();
    assertThat(record.text("id")).contains("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}",
        "{ }",
        "{\"id\":1}",
        "{\"id\":1 }",
        "{\"id\":{\"owner\":2}}",
        "{\"owner\":null}",
        "{\"repository\":7,\"owner\":{}}",
      })
  void fieldsAddedTogetherAreAsThoseAddedOneByOne(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    var fields = AddedFields.of("owner", "ö\"\n").and("repository", "r");
    SourceRecord plain = SourceRecord.of(json);
    SourceRecord scanned =
        SourceRecord.slice(bytes, 0, bytes.length, noted(json, "owner", "repository"));
    SourceRecord expected = plain.with("owner", "ö\"\n").with("repository", "r");

    for (SourceRecord changed : List.of(plain.with(fields), scanned.with(fields))) {
      assertThat(changed.json()).isEqualTo(expected.json());
      assertThat(changed.size()).isEqualTo(expected.size());
      assertThat(changed.tree()).isEqualTo(expected.tree());
      assertThat(line(changed)).isEqualTo(line(expected));
      assertThat(changed.text("owner")).contains("ö\"\n");
      assertThat(changed.text("repository")).contains("r");
      assertThat(changed.with("owner", "p").json()).isEqualTo(expected.with("owner", "p").json());
      assertThat(changed.with("x", 1).json()).isEqualTo(expected.with("x", 1).json());
      assertThat(changed.with(AddedFields.of("y", "z")).json())
          .isEqualTo(expected.with("y", "z").json());
    }
  }

  @Test
  void nameWithADotIsNoPathWhereFieldsAreAddedAtOnce() {
    String json = "{\"a.b\":1,\"a\":{}}";
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    SourceRecord scanned = SourceRecord.slice(bytes, 0, bytes.length, noted(json, "a", "a.c"));

    SourceRecord changed = scanned.with(AddedFields.of("a.c", "added"));
    SourceRecord replaced =
        SourceRecord.slice(bytes, 0, bytes.length, new ExtractedFields(List.of("a.b")))
            .with(AddedFields.of("a.b", "replaced"));

    assertThat(changed.json()).isEqualTo("{\"a.b\":1,\"a\":{},\"a.c\":\"added\"}");
    assertThat(changed.text("a.c")).isEmpty();
    assertThat(replaced.json()).isEqualTo("{\"a.b\":\"replaced\",\"a\":{}}");
  }

  private static ExtractedFields noted(String json, String... fields) {
    var noted = new ExtractedFields(List.of(fields));
    for (int i = 0; i < fields.length; i++) {
      if (SourceRecord.of(json).tree().has(fields[i])) {
        noted.note(i, SourceRecord.of(json).text(fields[i]));
      }
    }
    return noted;
  }

  private static String line(SourceRecord record) throws IOException {
    var out = new ByteArrayOutputStream();
    record.writeLine(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lineBreaksAreFoundWhereverTheyAre() throws IOException {
    for (int at = 0; at < 40; at++) {
      for (String lineBreak : List.of("\n", "\r", "\r\n")) {
        String json = "{" + " ".repeat(at) + lineBreak + " ".repeat(40 - at) + "\"ü\u0085\":1}";

        assertThat(line(SourceRecord.of(json))).isEqualTo(json.replaceAll("[\r\n]", " ") + "\n");
      }
    }
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
