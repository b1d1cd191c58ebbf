package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** End offsets of any size and with any characters, beside objects whose metadata is narrow. */
class LargeOffsetTest {
  private static final Destination TABLE = new Destination("acme", "users");
  private static final String DATA = "acme/users/data/g=000001/";
  private static final String OFFSETS = "acme/users/offsets/data/g=000001/";

  @TempDir Path root;

  private ObjectStore store() {
    return new LocalObjectStore(root);
  }

  private BatchLog log() {
    return new ObjectStoreLake(store(), Compression.NONE).log(TABLE, Flow.DATA);
  }

  private CommittedBatch commit(long sequence, Offset end) {
    var content =
        new SnapshotDigest(Long.MAX_VALUE / 10, BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
    BatchLog log = log();
    try (PendingBatch batch = log.begin(1)) {
      batch.write(SourceRecord.of("{\"id\":1}"));
      String longestRunId = "r".repeat(100);
      return log.commit(
          1,
          sequence,
          batch,
          new BatchMetadata(Kind.RECORDS, end, longestRunId, Long.MAX_VALUE, Optional.of(content)));
    }
  }

  private static Offset offset(String text) {
    return Offset.parse("{\"at\":\"" + text + "\"}");
  }

  static List<Offset> offsets() {
    return List.of(
        Offset.START,
        offset("plain"),
        offset("two  spaces \\t\\r\\n and a \\u007f"),
        offset("Zoë 東京 😀 \\ud83d"),
        Offset.parse("{\"ключ\":9007199254740993.50}"),
        offset("x".repeat(1015)),
        offset("x".repeat(1016)),
        offset("é".repeat(170)),
        offset("x".repeat(40_000)),
        offset("\u0000東京 \\udc00".repeat(8000).replace("\u0000", "\\u0000")));
  }

  @ParameterizedTest
  @MethodSource("offsets")
  void offsetComesBackAsItWas(Offset end) {
    CommittedBatch written = commit(1, end);

    assertThat(written.metadata().end()).isEqualTo(end);
    assertThat(log().find(1, 1)).contains(written);
    assertThat(log().last(1)).contains(written);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1016, 1017, 40_000})
  void metadataIsAsciiAndWithinItsLimit(int length) {
    commit(1, offset("é".repeat(length)));

    Map<String, String> metadata =
        store().find(DATA + "00000000000000000001.jsonl").orElseThrow().metadata();
    int size =
        metadata.entrySet().stream()
            .mapToInt(each -> each.getKey().length() + each.getValue().length())
            .sum();
    assertThat(metadata.values()).allMatch(value -> value.matches("[!-~]*"));
    assertThat(size).isLessThan(1700);
  }

  @Test
  void offsetThatFitsNeedsNoObject() {
    commit(1, offset("x".repeat(1015)));

    assertThat(store().list(OFFSETS)).isEmpty();
  }

  @Test
  void equalOffsetsAreKeptOnce() {
    commit(1, offset("x".repeat(5000)));
    commit(2, offset("x".repeat(5000)));
    commit(3, offset("y".repeat(5000)));

    assertThat(store().list(OFFSETS)).hasSize(2);
  }

  @Test
  void offsetsGoWithTheirGeneration() {
    commit(1, offset("x".repeat(5000)));

    log().remove(1);

    assertThat(store().list(OFFSETS)).isEmpty();
    assertThat(log().generations()).isEmpty();
  }

  @Test
  void offsetOfAnEarlierReleaseIsInTheMetadataWhateverItsSize() throws IOException {
    commit(1, offset("small"));
    Offset large = offset("Zoë ".repeat(10_000));
    Path metadata = onlyFile(root.resolve(".sluice/metadata/" + DATA));
    var json = (ObjectNode) JsonText.read(Files.readString(metadata));
    Files.writeString(metadata, json.put("end-offset", large.json()).toString());

    assertThat(log().find(1, 1).orElseThrow().metadata().end()).isEqualTo(large);
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void generationThatIsRemovedWhileItIsLookedAtIsNotThere() {
    commit(1, offset("x".repeat(5000)));
    // Another run removes the generation between the look at an object and the look at its offset.
    var store = removedBefore("document", () -> log().remove(1));

    BatchLog log = new ObjectStoreLake(store, Compression.NONE).log(TABLE, Flow.DATA);

    assertThat(log.last(1)).isEmpty();
  }

  private ObjectStore removedBefore(String method, Runnable removal) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                removal.run();
              }
              return called.invoke(store(), arguments);
            });
  }

  @Test
  void lostOffsetIsNotGuessedAt() {
    commit(1, offset("x".repeat(5000)));
    store().delete(store().list(OFFSETS));

    assertThatThrownBy(() -> log().find(1, 1))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(OFFSETS)
        .hasMessageContaining("state reset");
  }
}
