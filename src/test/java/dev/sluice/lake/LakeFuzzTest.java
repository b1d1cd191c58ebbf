package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.JsonGrammar;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.FastFolder;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Offset;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the lake itself says of its objects, after somebody has edited it. */
@Tag("fuzz")
class LakeFuzzTest {
  private static final Destination TABLE = new Destination("acme", "letters");

  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void pointerNamesAGenerationOrIsRefused() throws Exception {
    var store = new LocalObjectStore(folder);
    var lake = new ObjectStoreLake(store, Compression.NONE);
    Fuzz.run(
        "Pointers",
        400,
        chance -> new Trial(pointer(chance), text -> read(text, store, lake)),
        Mutation.and("a generation", "refused"));
  }

  private static String pointer(Chance chance) {
    String good =
        "{\"generation\":3,\"path\":\"data/g=000003\",\"records\":5,\"content\":\"5:"
            + "0f".repeat(32)
            + "\"}\n";
    return chance.oneIn(10)
        ? JsonGrammar.object(chance, 5)
        : Mutation.damage(List.of(good, "{\"generation\":1}"), chance);
  }

  private static String read(String text, ObjectStore store, ObjectStoreLake lake) {
    String key = new Layout(TABLE).current();
    store.replace(key, store.document(key).map(Document::version), text);
    try {
      Optional<PublishedGeneration> current = lake.current(TABLE);
      assertThat(current).isPresent();
      assertThat(current.get().generation()).isPositive();
      return "a generation";
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(e).hasMessageContaining("current.json");
      return "refused";
    }
  }

  @Test
  void stampComesBackAsItWasOrIsRefused() throws Exception {
    Fuzz.run(
        "Stamps",
        10_000,
        LakeFuzzTest::stampTrial,
        Mutation.and("as it was", "another one", "refused"));
  }

  private static Reading reading(Chance chance) {
    return Reading.parse(
        "{\"connector\":\"shop\",\"table\":\"books\",\"options\":{\"shops\":[\"%s\"]}}"
            .formatted("é ".repeat(chance.below(99))));
  }

  private static Trial stampTrial(Chance chance) {
    var stamp =
        new BatchMetadata(
            chance.of(BatchMetadata.Kind.values()),
            Offset.parse(JsonGrammar.object(chance, 6)),
            "run-1",
            chance.below(1000),
            chance.oneIn(2) ? Optional.of(SnapshotDigest.NONE) : Optional.empty(),
            chance.oneIn(2) ? Optional.of(reading(chance)) : Optional.empty());
    var large = new HashMap<String, Offset>();
    var readings = new HashMap<String, Reading>();
    Map<String, String> metadata =
        ObjectMetadata.write(
            stamp,
            keepingIn(large),
            reading -> {
              readings.put("long", reading);
              return "long";
            });
    String damaged = chance.of(metadata.keySet().stream().sorted().toList());
    String good = metadata.getOrDefault(damaged, "");
    String input = chance.oneIn(4) ? good : Mutation.damage(List.of(good), chance);
    return new Trial(
        input,
        value -> {
          metadata.put(damaged, value);
          assertThat(metadata.toString()).isNotNull();
          try {
            var object = new StoredObject("a/b/data/g=000001/1.jsonl", 1, metadata);
            var read =
                ObjectMetadata.read(
                    object,
                    findingIn(large),
                    name ->
                        Optional.ofNullable(readings.get(name))
                            .orElseThrow(() -> ConnectorException.configuration(name)));
            if (value.equals(good)) {
              assertThat(read).isEqualTo(stamp);
              return "as it was";
            }
            return "another one";
          } catch (ConnectorException e) {
            assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(value).isNotEqualTo(good);
            return "refused";
          }
        });
  }

  private static Function<Offset, String> keepingIn(Map<String, Offset> offsets) {
    return offset -> {
      offsets.put("name", offset);
      return "name";
    };
  }

  private static Function<String, Offset> findingIn(Map<String, Offset> offsets) {
    return name ->
        Optional.ofNullable(offsets.get(name))
            .orElseThrow(() -> ConnectorException.configuration("There is no offset " + name));
  }
}
