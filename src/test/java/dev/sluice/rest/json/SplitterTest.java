package dev.sluice.rest.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sluice.rest.json.Splitter.Split;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitterTest {

  private static Split split(String json, String records, String link) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    return Splitter.split(bytes, bytes.length, records, link, ErrorDetector.none());
  }

  private static List<String> records(String json, String field) throws IOException {
    return split(json, field, "").records().stream().map(SourceRecord::json).toList();
  }

  @Test
  void recordsAreTheBytesOfTheSource() throws IOException {
    String first = "{ \"n\" : 1.50e+3,\t\"s\":\"\\u00e9\\ud83d é \\\"}]\" , \"o\":{\"a\":[{}]} }";

    var records = records("\uFEFF [\r\n" + first + " , {} ,{\"é\":9007199254740993}\n] ", "");

    assertThat(records).containsExactly(first, "{}", "{\"é\":9007199254740993}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "items | {\"next\":\"n\",\"items\":[{\"a\":1}]}",
        "items | {\"items\":[{\"a\":1}],\"x\":{\"items\":[{\"b\":2}]},\"next\":\"n\"}",
        "data.items | {\"items\":[{\"b\":1}],\"data\":{\"x\":[[]],\"items\":[{\"a\":1}]},\"next\":\"n\"}",
        "a.b.c | {\"next\":\"n\",\"a\":{\"b\":{\"c\":[{\"a\":1}],\"d\":1}}}",
        "value.x | {\"value.x\":[{\"a\":1}],\"next\":\"n\"}"
      })
  void recordsAndLinkAreFoundWhereverTheyStand(String field, String json) throws IOException {
    var split = split(json, field, "next");

    assertThat(split.records()).extracting(SourceRecord::json).containsExactly("{\"a\":1}");
    assertThat(split.link()).contains("n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"p\":{\"next\":{\"after\":\"a b\"}},\"r\":[]} | a b",
        "{\"r\":[],\"p\":{\"next\":{\"after\":12}}} | 12",
        "{\"p\":{\"next\":{\"after\":null}},\"r\":[]} | ''",
        "{\"p\":{\"next\":{\"after\":\" \"}},\"r\":[]} | ''",
        "{\"p\":{\"next\":{\"after\":false}},\"r\":[]} | ''",
        "{\"p\":{\"next\":null},\"r\":[]} | ''",
        "{\"p\":{},\"r\":[]} | ''",
        "{\"r\":[],\"p\":[{\"next\":{\"after\":\"x\"}}]} | ''"
      })
  void linkIsATextOrANumberOrMissing(String json, String expected) throws IOException {
    assertThat(split(json, "r", "p.next.after").link().orElse("")).isEqualTo(expected);
  }

  @Test
  void linkThatIsAnObjectIsRefused() {
    assertThatThrownBy(() -> split("{\"next\":{\"a\":1},\"r\":[]}", "r", "next"))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("'next'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"next\":null}",
        "{\"ITEMS\":[]}",
        "{\"items\":{}}",
        "{\"items\":\"\"}",
        "{\"items\":[{},null]}",
        "{\"items\":[[]]}",
        "{\"items\":[1]}",
        "{\"items\":[],\"items\":[]}",
        "[{\"items\":[]}]",
        "null",
        "\"items\""
      })
  void whatIsNotAsExpectedNeverLooksEmpty(String json) {
    assertThatThrownBy(() -> records(json, "items"))
        .isInstanceOfAny(MalformedDocument.class, ConnectorException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"message\":\"no\"}", "null", "{}", "7"})
  void responseThatIsNotTheArrayIsRefused(String json) {
    assertThatThrownBy(() -> records(json, "")).isInstanceOf(MalformedDocument.class);
  }

  @Test
  void nullInPlaceOfTheRecordsIsEmpty() throws IOException {
    assertThat(records("{\"items\":null}", "items")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "\uFEFF",
        "[",
        "[{\"a\":1}",
        "[{\"a\":1},",
        "[{\"a\":\"b",
        "[{\"a\":1}]]",
        "[] []",
        "[{\"a\":1}{\"a\":2}]",
        "[{'a':1}]",
        "[{\"a\":01}]",
        "[{\"a\":nul}]",
        "not json",
        "<html><body>Please log in</body></html>",
        "<?xml version=\"1.0\"?><a/>"
      })
  void whatIsNotOneWholeDocumentIsUnreadable(String body) {
    assertThatThrownBy(() -> records(body, ""))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(StreamConstraintsException.class);
  }

  @Test
  void otherEncodingsThanUtf8AreUnreadable() {
    byte[] utf16 = "[{\"a\":1}]".getBytes(UTF_16LE);
    byte[] latin = {'[', '{', '"', 'a', '"', ':', '"', (byte) 0xE9, '"', '}', ']'};

    for (byte[] bytes : List.of(utf16, latin)) {
      assertThatThrownBy(() -> Splitter.split(bytes, bytes.length, "", "", ErrorDetector.none()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void bytesBehindTheLengthAreNotRead() throws IOException {
    byte[] bytes = Arrays.copyOf("[{}]".getBytes(UTF_8), 100);

    assertThat(Splitter.split(bytes, 4, "", "", ErrorDetector.none()).records()).hasSize(1);
  }

  @Test
  void deepRecordsSurviveUpToTheLimitAndAreRefusedBeyond() throws IOException {
    String deep = "{\"a\":" + "[".repeat(9_999) + "]".repeat(9_999) + "}";
    String deeper = "{\"a\":" + "[".repeat(11_000) + "]".repeat(11_000) + "}";

    assertThat(records("{\"data\":{\"items\":[" + deep + "]}}", "data.items"))
        .containsExactly(deep);
    assertThatThrownBy(() -> records("[" + deeper + "]", ""))
        .isInstanceOf(StreamConstraintsException.class);
  }

  @Test
  void largeAndWideRecordsSurvive() throws IOException {
    String wide =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"f" + i + "\":" + i)
            .collect(Collectors.joining(",", "{", "}"));
    String large = "{\"text\":\"" + "x".repeat(20 << 20) + "\"}";

    assertThat(records("[" + wide + "," + large + "]", "")).containsExactly(wide, large);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyCutOfADocumentIsNoticed(long seed) throws IOException {
    var random = new Random(seed);
    String json =
        "{\"meta\":{\"next\":\"%d\"},\"items\":[{\"id\":%d,\"t\":\"ü\\\"]}\"},{\"id\":-1.5e9}],\"n\":tru"
            .formatted(random.nextInt(), random.nextLong());
    byte[] whole = (json + "e}").getBytes(UTF_8);

    assertThat(Splitter.split(whole, whole.length, "items", "", ErrorDetector.none()).records())
        .hasSize(2);
    for (int length = 0; length < whole.length; length++) {
      int cut = length;
      assertThatThrownBy(() -> Splitter.split(whole, cut, "items", "", ErrorDetector.none()))
          .as("cut at %d", cut)
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"errors\":[{\"m\":1}],\"data\":null} | true",
        "{\"data\":{\"items\":[]},\"errors\":\"bad\"} | true",
        "{\"data\":{\"items\":[]},\"errors\":true} | true",
        "{\"data\":{\"items\":[]},\"errors\":[]} | false",
        "{\"data\":{\"items\":[]},\"errors\":null} | false",
        "{\"data\":{\"items\":[]},\"errors\":\"\"} | false",
        "{\"data\":{\"items\":[]},\"errors\":false} | false",
        "{\"data\":{\"items\":[],\"errors\":[1]}} | false"
      })
  void errorInASuccessfulResponseIsDetected(String json, boolean error) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    var detector = ErrorDetector.field("errors");

    if (error) {
      assertThatThrownBy(() -> Splitter.split(bytes, bytes.length, "data.items", "", detector))
          .isInstanceOf(ReportedError.class);
    } else {
      assertThat(Splitter.split(bytes, bytes.length, "data.items", "", detector).records())
          .isEmpty();
    }
  }

  @Test
  void errorIsDetectedByTheTextOfAField() {
    byte[] bytes = "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}".getBytes(UTF_8);
    var detector = ErrorDetector.fieldEquals("resourceType", "OperationOutcome");

    assertThatThrownBy(() -> Splitter.split(bytes, bytes.length, "entry", "", detector))
        .isInstanceOf(ReportedError.class)
        .hasMessageContaining("OperationOutcome");
  }
}
