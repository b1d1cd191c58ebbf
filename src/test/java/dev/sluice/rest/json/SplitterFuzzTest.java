package dev.sluice.rest.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.JsonGrammar;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.rest.json.Splitter.Split;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the splitter makes of any bytes, compared with Jackson's own reading of them. */
@Tag("fuzz")
class SplitterFuzzTest {
  private static final List<String> SHAPES = List.of("", "items", "data.items", "items[].a");

  @Test
  void recordsAreThoseOfTheDocumentAndNothingElseIsTaken() throws Exception {
    Fuzz.run(
        "Splitter",
        12_000,
        SplitterFuzzTest::trial,
        Mutation.and(
            "split",
            "split a document with a field twice",
            "no JSON",
            "JSON of another shape",
            "refused as beyond the limits",
            "empty",
            "link"));
  }

  private static Trial trial(Chance chance) {
    String shape = chance.of(SHAPES);
    String document = document(shape, chance);
    String input =
        chance.oneIn(3)
            ? document
            : Mutation.damage(List.of(document, document(shape, chance)), chance);
    int behind = chance.below(20);
    return new Trial(input, text -> check(text.getBytes(ISO_8859_1), behind, shape));
  }

  private static String document(String shape, Chance chance) {
    var text =
        new StringBuilder(chance.oneIn(10) ? "\uFEFF" : "").append(JsonGrammar.blanks(chance));
    String records = records(chance);
    switch (shape) {
      case "" -> text.append(records);
      case "data.items" ->
          text.append(object(chance, "data", object(chance, "items", records, "n", "{}")));
      default -> text.append(object(chance, "items", records, "next", JsonGrammar.string(chance)));
    }
    // bytes as characters
    return new String(
        text.append(JsonGrammar.blanks(chance)).toString().getBytes(UTF_8), ISO_8859_1);
  }

  private static String records(Chance chance) {
    var records = new ArrayList<String>();
    for (int i = chance.below(5); i > 0; i--) {
      records.add(JsonGrammar.blanks(chance) + JsonGrammar.object(chance, 12));
    }
    return "[" + String.join(",", records) + "]";
  }

  private static String object(Chance chance, String... fields) {
    var members = new ArrayList<String>();
    for (int i = 0; i < fields.length; i += 2) {
      members.add("\"" + fields[i] + "\":" + fields[i + 1]);
    }
    for (int i = chance.below(3); i > 0; i--) {
      members.add(
          chance.below(members.size() + 1),
          JsonGrammar.string(chance) + ":" + JsonGrammar.value(chance, 5));
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String check(byte[] bytes, int behind, String shape) throws IOException {
    boolean isJson = Utf8.isText(bytes, 0, bytes.length) && isJson(bytes);
    Split split;
    try {
      byte[] buffer = Arrays.copyOf(bytes, bytes.length + behind);
      split = Splitter.split(buffer, bytes.length, shape, "next", ErrorDetector.field("errors"));
    } catch (StreamConstraintsException e) {
      return "refused as beyond the limits";
    } catch (IOException | ConnectorException e) {
      assertRefusedWithReason(bytes, shape, isJson, e);
      return isJson ? "JSON of another shape" : "no JSON";
    }
    assertThat(isJson).as("taken although it is no JSON").isTrue();
    for (SourceRecord record : split.records()) {
      assertOneLineOfText(record);
    }
    if (hasFieldTwice(bytes)) {
      return "split a document with a field twice";
    }
    Optional<JsonNode> whole = tree(bytes);
    if (whole.isEmpty()) {
      return "split a document with a number beyond all bounds";
    }
    JsonNode tree = whole.get();
    assertThat(split.records().stream().map(SourceRecord::tree).toList())
        .isEqualTo(expected(tree, shape).orElseThrow());
    JsonNode next = tree.path("next");
    if (next.isTextual() && !next.textValue().isBlank()) {
      assertThat(split.link()).contains(next.textValue());
      return "link";
    }
    return split.records().isEmpty() ? "empty" : "split";
  }

  private static void assertRefusedWithReason(
      byte[] bytes, String shape, boolean isJson, Exception refusal) throws IOException {
    if (isJson && !hasFieldTwice(bytes) && !(refusal instanceof ReportedError)) {
      JsonNode tree = tree(bytes).orElse(MissingNode.getInstance());
      boolean linksToNothing = tree.path("next").isContainerNode() || tree.path("next").isBoolean();
      assertThat(expected(tree, shape).isPresent() && !linksToNothing)
          .as("refused although it is well-formed: %s", refusal)
          .isFalse();
    }
  }

  /** What readers of a lake of lines rely on. */
  private static void assertOneLineOfText(SourceRecord record) throws IOException {
    var line = new ByteArrayOutputStream();
    record.writeLine(line);
    byte[] written = line.toByteArray();
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(written)).toString();
      assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1);
      assertThat(text.indexOf('\r')).isNegative();
    } catch (CharacterCodingException e) {
      throw new AssertionError("A record that is not UTF-8", e);
    }
  }

  /** The records by a path, when all that are there are objects. */
  private static Optional<List<JsonNode>> expected(JsonNode tree, String shape) {
    JsonNode array =
        switch (shape) {
          case "" -> tree;
          case "data.items" -> tree.path("data").path("items");
          default -> tree.path("items");
        };
    if (!array.isArray()) {
      return array.isNull() && !shape.isEmpty() ? Optional.of(List.of()) : Optional.empty();
    }
    var records = new ArrayList<JsonNode>();
    for (JsonNode element : array) {
      JsonNode record = shape.endsWith(".a") ? element.path("a") : element;
      if (!record.isObject()) {
        return Optional.empty();
      }
      records.add(record);
    }
    return Optional.of(records);
  }

  private static int start(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  /** One whole document, every token of which can be read. */
  private static boolean isJson(byte[] bytes) throws IOException {
    int first = start(bytes);
    if (first < bytes.length && bytes[first] < 0) {
      return false; // the parser would skip a second mark
    }
    try (JsonParser parser =
        ResponseJson.FACTORY.createParser(bytes, start(bytes), bytes.length - start(bytes))) {
      int depth = 0;
      int documents = 0;
      for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
        assertThat(parser.getText()).isNotNull();
        documents += depth == 0 ? 1 : 0;
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
      return documents == 1;
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      return false; // not UTF-8
    }
  }

  private static boolean hasFieldTwice(byte[] bytes) {
    try (JsonParser parser =
        ResponseJson.MAPPER.createParser(bytes, start(bytes), bytes.length - start(bytes))) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      while (parser.nextToken() != null) {
        parser.getText();
      }
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static Optional<JsonNode> tree(byte[] bytes) throws IOException {
    try {
      return Optional.of(
          ResponseJson.MAPPER.readTree(bytes, start(bytes), bytes.length - start(bytes)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
