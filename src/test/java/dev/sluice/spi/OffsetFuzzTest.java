package dev.sluice.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.JsonGrammar;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.spi.ConnectorException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Offsets as a store gives them back, and records as a source sends them. */
@Tag("fuzz")
class OffsetFuzzTest {

  @Test
  void offsetIsTheSameAfterEveryWayThroughTextOrItIsRefused() throws Exception {
    Fuzz.run("Offsets", 15_000, OffsetFuzzTest::offsetTrial, Mutation.and("an offset", "refused"));
  }

  private record Position(String cursor, int page) {}

  private static Trial offsetTrial(Chance chance) {
    List<String> corpus =
        List.of(
            JsonGrammar.object(chance, 10),
            "{\"cursor\":\"2026-01-01T00:00:00Z\",\"page\":3}",
            JsonGrammar.value(chance, 3));
    String input = chance.oneIn(2) ? corpus.getFirst() : Mutation.damage(corpus, chance);
    return new Trial(input, OffsetFuzzTest::offset);
  }

  private static String offset(String json) {
    Offset offset;
    try {
      offset = Offset.parse(json);
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      return "refused";
    }
    assertThat(offset.json().lines().count()).isEqualTo(1);
    assertThat(Offset.parse(offset.json())).isEqualTo(offset).hasSameHashCodeAs(offset);
    assertThat(Offset.parse(offset.json()).json()).isEqualTo(offset.json());
    // stores keep bytes
    assertThat(Offset.parse(new String(offset.json().getBytes(UTF_8), UTF_8))).isEqualTo(offset);
    try {
      offset.as(Position.class);
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
    }
    return "an offset";
  }

  @Test
  void positionOfAnyTextComesBackAsItWas() throws Exception {
    Fuzz.run(
        "Positions",
        10_000,
        chance ->
            new Trial(
                chance.characters(40),
                text -> {
                  var offset = Offset.of(new Position(text, chance.below(9)));
                  byte[] stored = offset.json().getBytes(UTF_8);
                  var read = Offset.parse(new String(stored, UTF_8));
                  assertThat(read).isEqualTo(offset);
                  assertThat(read.as(Position.class).orElseThrow().cursor()).isEqualTo(text);
                  return "came back";
                }),
        "came back");
  }

  @Test
  void recordIsReadAndChangedLikeItsTree() throws Exception {
    Fuzz.run(
        "Records",
        10_000,
        OffsetFuzzTest::recordTrial,
        "changed",
        "replaced",
        "a field twice",
        "with half of a surrogate pair in a name");
  }

  private static Trial recordTrial(Chance chance) {
    String name = chance.of("a", "id", "", "\u0000", "\"", "new");
    String value = chance.characters(10).replaceAll("[\uD800-\uDFFF]", "");
    return new Trial(
        JsonGrammar.object(chance, 10),
        json -> {
          if (hasFieldTwice(json)) {
            return "a field twice";
          }
          var record = SourceRecord.of(json);
          ObjectNode tree;
          try {
            tree = (ObjectNode) record.tree();
          } catch (ConnectorException e) {
            assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
            return "with half of a surrogate pair in a name";
          }
          boolean had = tree.has(name);
          JsonNode before = tree.path(name);
          if (before.isTextual()) {
            assertThat(record.text(name)).contains(before.textValue());
          } else if (!before.isValueNode() || before.isNull()) {
            assertThat(record.text(name)).isEmpty();
          }
          var changed = record.with(name, value);
          assertThat(changed.tree()).isEqualTo(tree.put(name, value));
          assertThat(SourceRecord.of(line(changed)).tree()).isEqualTo(tree);
          return had ? "replaced" : "changed";
        });
  }

  private static String line(SourceRecord record) throws IOException {
    var out = new ByteArrayOutputStream();
    record.writeLine(out);
    String line = out.toString(UTF_8);
    assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    return line;
  }

  private static boolean hasFieldTwice(String json) throws IOException {
    try (var parser = RecordJson.MAPPER.createParser(json)) {
      parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
      while (parser.nextToken() != null) {
        parser.getText();
      }
      return false;
    } catch (JsonParseException e) {
      return true;
    }
  }
}
