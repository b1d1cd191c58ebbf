package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.JsonGrammar;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.FastFolder;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the checkpoint table after somebody has edited one in the console. */
@Tag("fuzz")
class CheckpointItemFuzzTest {
  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void editedItemIsThatCheckpointOrRefusedAndNeverNone() throws Exception {
    var key = new ItemKey(new Destination("acme", "letters"), Flow.DATA);
    var item = new CheckpointItem(new OffsetObjects(new LocalObjectStore(folder)), "lake", key);
    Fuzz.run(
        "Checkpoint items",
        10_000,
        chance -> trial(item, chance),
        Mutation.and("as it was", "another one", "refused"));
  }

  private static Trial trial(CheckpointItem item, Chance chance) {
    var checkpoint =
        new Checkpoint(
            1 + chance.below(3), chance.below(99), Offset.parse(JsonGrammar.object(chance, 4)));
    Map<String, AttributeValue> attributes = attributes(checkpoint);
    String edited = chance.of("offset", "offset_hash", "generation", "sequence", "schema_version");
    AttributeValue value = attributes.getOrDefault(edited, AttributeValue.fromS(""));
    String good = value.s() == null ? value.n() : value.s();
    String input = chance.oneIn(4) ? good : Mutation.damage(List.of(good), chance);
    boolean number = chance.oneIn(10) ? chance.oneIn(2) : value.n() != null;
    return new Trial(
        input,
        text -> {
          attributes.put(edited, number ? AttributeValue.fromN(text) : AttributeValue.fromS(text));
          return check(item, attributes, checkpoint);
        });
  }

  private static Map<String, AttributeValue> attributes(Checkpoint checkpoint) {
    var attributes = new HashMap<String, AttributeValue>();
    attributes.put("schema_version", AttributeValue.fromN("1"));
    attributes.put("generation", AttributeValue.fromN("" + checkpoint.generation()));
    attributes.put("sequence", AttributeValue.fromN("" + checkpoint.sequence()));
    attributes.put("offset", AttributeValue.fromS(checkpoint.offset().json()));
    attributes.put("offset_hash", AttributeValue.fromS(Sha256.of(checkpoint.offset().json())));
    attributes.put("lake", AttributeValue.fromS("lake"));
    attributes.put("history", AttributeValue.fromL(List.of()));
    return attributes;
  }

  private static String check(
      CheckpointItem item, Map<String, AttributeValue> attributes, Checkpoint original) {
    assertThat(item.attempts(attributes)).isEmpty();
    Optional<Checkpoint> read;
    try {
      read = item.read(attributes);
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      return "refused";
    }
    assertThat(read).as("taken for none").isPresent();
    // whatever the offset has become, its hash would tell
    assertThat(read.get().offset()).isEqualTo(original.offset());
    return read.get().equals(original) ? "as it was" : "another one";
  }
}
