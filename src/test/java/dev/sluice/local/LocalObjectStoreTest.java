package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.Payload;
import dev.sluice.lake.StoredObject;
import dev.sluice.spi.ConnectorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalObjectStoreTest {
  private static final String KEY = "a/b/data/g=000001/1.jsonl";

  @TempDir Path root;

  private ObjectStore store() {
    return new LocalObjectStore(root);
  }

  private static Payload payload(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Payload() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  private String text(String key) throws IOException {
    try (InputStream in = store().read(key)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void objectIsCreatedOnceWithItsMetadata() throws IOException {
    StoredObject first = store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));
    StoredObject second = store().createIfAbsent(KEY, payload("two!"), Map.of("run", "2"));

    assertThat(first).isEqualTo(new StoredObject(KEY, 3, Map.of("run", "1")));
    assertThat(second).isEqualTo(first);
    assertThat(store().find(KEY)).contains(first);
    assertThat(text(KEY)).isEqualTo("one");
  }

  @Test
  void equalBytesOfADeadWriterKeepItsMetadata() throws IOException {
    store().createIfAbsent(KEY, payload("same"), Map.of("run", "dead"));
    // Killed between the metadata and the object.
    Files.delete(root.resolve(KEY));

    StoredObject object = store().createIfAbsent(KEY, payload("same"), Map.of("run", "2"));

    assertThat(object.metadata()).containsEntry("run", "dead");
  }

  @Test
  void otherBytesOfADeadWriterDoNotMatter() {
    store().createIfAbsent(KEY, payload("lost"), Map.of("run", "dead"));
    assertThat(root.resolve(KEY).toFile().delete()).isTrue();

    StoredObject object = store().createIfAbsent(KEY, payload("mine"), Map.of("run", "2"));

    assertThat(object.metadata()).containsEntry("run", "2");
  }

  @RepeatedTest(5)
  void oneOfManyWritersWins() throws Exception {
    int writers = 16;
    var start = new CyclicBarrier(writers);
    var seen = new ArrayList<StoredObject>();
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var results = new ArrayList<Future<StoredObject>>();
      for (int i = 0; i < writers; i++) {
        String name = "writer " + i;
        Callable<StoredObject> write =
            () -> {
              start.await();
              return store().createIfAbsent(KEY, payload(name), Map.of("run", name));
            };
        results.add(threads.submit(write));
      }
      for (var result : results) {
        seen.add(result.get());
      }
    }

    assertThat(seen).hasSize(writers).containsOnly(seen.getFirst());
    assertThat(seen.getFirst().metadata()).containsEntry("run", text(KEY));
    assertThat(root.resolve(".sluice/tmp")).isEmptyDirectory();
  }

  @Test
  void objectWithoutMetadataIsNotGuessedAt() throws IOException {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));
    Files.writeString(root.resolve(KEY), "edited");

    assertThatThrownBy(() -> store().find(KEY))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(KEY)
        .hasMessageContaining("no metadata");
  }

  @Test
  void listingIsCutBehindTheNextSlash() {
    for (String key : List.of("t/g=000001/2.x", "t/g=000001/1.x", "t/g=000002/1.x", "t/a.json")) {
      store().createIfAbsent(key, payload("x"), Map.of());
    }

    assertThat(store().list("t/")).containsExactly("t/a.json", "t/g=000001/", "t/g=000002/");
    assertThat(store().list("t/g=000001/")).containsExactly("t/g=000001/1.x", "t/g=000001/2.x");
    assertThat(store().list("t/g=000001/2.")).containsExactly("t/g=000001/2.x");
    assertThat(store().list("nothing/")).isEmpty();
  }

  @Test
  void deletedObjectsLeaveNothing() {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));

    store().delete(List.of(KEY, "a/b/data/g=000001/2.jsonl"));

    assertThat(store().find(KEY)).isEmpty();
    assertThat(store().list("a/b/data/")).isEmpty();
    assertThat(root.resolve(".sluice/metadata/a/b/data/g=000001")).isEmptyDirectory();
  }

  @Test
  void documentIsReplacedOnlyInTheVersionThatWasSeen() {
    ObjectStore store = store();

    assertThat(store.replace("t/current.json", Optional.of("x"), "0")).isFalse();
    assertThat(store.replace("t/current.json", Optional.empty(), "1")).isTrue();
    assertThat(store.replace("t/current.json", Optional.empty(), "2")).isFalse();
    String version = store.document("t/current.json").orElseThrow().version();
    assertThat(store.replace("t/current.json", Optional.of(version), "3")).isTrue();
    assertThat(store.replace("t/current.json", Optional.of(version), "4")).isFalse();
    assertThat(store.document("t/current.json").map(Document::text)).contains("3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/etc/passwd", "a/../../b", "a//b", "..", ".sluice/x", "a\\b", "C:/x"})
  void keyThatCouldLeaveTheFolderIsRefused(String key) {
    assertThatThrownBy(() -> store().find(key)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void filesThatAreNotObjectsArePrivate() throws IOException {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));

    assertThat(Files.getPosixFilePermissions(root.resolve(".sluice")))
        .containsExactlyInAnyOrder(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
  }

  @Test
  void whatDeadProcessesLeftIsRemovedAndNothingElse() throws Exception {
    Path folder = Files.createDirectories(root.resolve(".sluice/tmp"));
    Process dead = new ProcessBuilder("true").start();
    var own = ProcessMark.own();
    dead.waitFor();
    var gone = new ProcessMark(own.machine(), dead.pid(), 1);
    var elsewhere = new ProcessMark("machine2", dead.pid(), 1);
    Instant now = Instant.now();
    Path orphan = temporary(folder, gone, now.minusSeconds(120));
    Path young = temporary(folder, new ProcessMark(own.machine(), dead.pid(), 2), now);
    Path ours = temporary(folder, own, now.minusSeconds(120));
    Path foreign = temporary(folder, elsewhere, now.minusSeconds(120));
    Path abandoned =
        temporary(folder, new ProcessMark("machine2", 1, 1), now.minusSeconds(100_000));

    store().createIfAbsent(KEY, payload("one"), Map.of());

    assertThat(orphan).doesNotExist();
    assertThat(abandoned).doesNotExist();
    assertThat(young).exists();
    assertThat(ours).exists();
    assertThat(foreign).exists();
  }

  private static Path temporary(Path folder, ProcessMark process, Instant written)
      throws IOException {
    Path file = Files.createFile(folder.resolve(process + ".999999.tmp"));
    return Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
