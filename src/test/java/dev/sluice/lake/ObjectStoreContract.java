package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.lake.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every object store does; a store's test extends it. */
public abstract class ObjectStoreContract {
  protected static final String KEY = "a/b/data/g=000001/1.jsonl";

  /** The same objects at each call, none when a test begins. */
  protected abstract ObjectStore store();

  protected static Payload payload(String text) {
    return payload(text.getBytes(StandardCharsets.UTF_8));
  }

  protected static Payload payload(byte[] bytes) {
    return Payload.of(bytes);
  }

  protected String text(String key) throws IOException {
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
  void objectMayBeEmpty() throws IOException {
    StoredObject seal = store().createIfAbsent(KEY, payload(""), Map.of("kind", "seal"));

    assertThat(seal).isEqualTo(new StoredObject(KEY, 0, Map.of("kind", "seal")));
    assertThat(store().find(KEY)).contains(seal);
    assertThat(text(KEY)).isEmpty();
  }

  @Test
  void metadataMayBeAlmostTwoKilobytes() {
    var metadata =
        Map.of("end-offset", "{\"a\":\"%s\"}".formatted("~!\"\\u00e9".repeat(220)), "run-id", "1");

    store().createIfAbsent(KEY, payload("one"), metadata);

    assertThat(store().find(KEY).orElseThrow().metadata()).isEqualTo(metadata);
  }

  @Test
  void metadataThatNoStoreTakesIsRefused() {
    for (var metadata :
        List.of(
            Map.of("a", "\u00e9"),
            Map.of("a", "two words"),
            Map.of("a\r\nb", "1"),
            Map.of("a", "x".repeat(2048)))) {
      assertThatThrownBy(() -> store().createIfAbsent(KEY, payload("one"), metadata))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(store().find(KEY)).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(store().find(KEY)).isEmpty();
    assertThat(store().document(KEY)).isEmpty();
    assertThatThrownBy(() -> store().read(KEY)).isInstanceOf(IOException.class);
  }

  @RepeatedTest(5)
  void oneOfManyWritersWins() throws Exception {
    int writers = 16;
    var start = new CyclicBarrier(writers);
    var seen = new ArrayList<StoredObject>();
    ObjectStore store = store();
    try (var threads = Executors.newFixedThreadPool(writers)) {
      var results = new ArrayList<Future<StoredObject>>();
      for (int i = 0; i < writers; i++) {
        String name = "writer-" + i;
        Callable<StoredObject> write =
            () -> {
              start.await();
              return store.createIfAbsent(KEY, payload(name), Map.of("run", name));
            };
        results.add(threads.submit(write));
      }
      for (var result : results) {
        seen.add(result.get());
      }
    }

    assertThat(seen).hasSize(writers).containsOnly(seen.getFirst());
    assertThat(seen.getFirst().metadata()).containsEntry("run", text(KEY));
    assertThat(store().find(KEY)).contains(seen.getFirst());
  }

  @Test
  void listingIsCutBehindTheNextSlash() {
    for (String key : List.of("t/g=000001/2.x", "t/g=000001/1.x", "t/g=000002/1.x", "t/a.json")) {
      store().createIfAbsent(key, payload("x"), Map.of());
    }

    assertThat(store().list("t/")).containsExactly("t/a.json", "t/g=000001/", "t/g=000002/");
    assertThat(store().list("t/g=000001/")).containsExactly("t/g=000001/1.x", "t/g=000001/2.x");
    assertThat(store().list("t/g=000001/2.")).containsExactly("t/g=000001/2.x");
    assertThat(store().list("t/g=000001/2.x")).containsExactly("t/g=000001/2.x");
    assertThat(store().list("t/g=00000")).containsExactly("t/g=000001/", "t/g=000002/");
    assertThat(store().list("t")).containsExactly("t/");
    assertThat(store().list("nothing/")).isEmpty();
  }

  @Test
  void listingMayBeginAfterAKey() {
    for (String key : List.of("t/g=000001/9.x", "t/g=000001/10.x", "t/g=000001/11.x", "t/z/1.x")) {
      store().createIfAbsent(key, payload("x"), Map.of());
    }

    assertThat(store().list("t/g=000001/", "t/g=000001/10"))
        .containsExactly("t/g=000001/10.x", "t/g=000001/11.x", "t/g=000001/9.x");
    assertThat(store().list("t/g=000001/", "t/g=000001/11.x")).containsExactly("t/g=000001/9.x");
    assertThat(store().list("t/g=000001/", "t/g=000001/9.x")).isEmpty();
    assertThat(store().list("t/g=000001/", "t/a")).hasSize(3);
  }

  @Test
  void timesOfObjectsAreTold() {
    Instant before = Instant.now().minusSeconds(60);
    store().createIfAbsent("t/a/1.x", payload("x"), Map.of());
    store().createIfAbsent("t/a/2.x", payload("x"), Map.of());
    store().createIfAbsent("t/b/1.x", payload("x"), Map.of());

    assertThat(store().writtenAt("t/a/")).containsOnlyKeys("t/a/1.x", "t/a/2.x");
    assertThat(store().writtenAt("t/a/").values())
        .allMatch(at -> at.isAfter(before) && at.isBefore(before.plusSeconds(600)));
    assertThat(store().writtenAt("t/c/")).isEmpty();
  }

  @Test
  void keysWithUnusualCharactersStayApart() throws IOException {
    var keys =
        List.of("t/%2E%2E%2Fz/1", "t/%C3%BC/1", "t/a b/1", "t/a%20b/1", "t/a+b/1", "t/ü&?#;=~'/1");
    for (String key : keys) {
      store().createIfAbsent(key, payload(key), Map.of());
    }

    for (String key : keys) {
      assertThat(text(key)).isEqualTo(key);
      assertThat(store().list(key.substring(0, key.length() - 1))).containsExactly(key);
    }
    assertThat(store().list("t/"))
        .containsExactlyElementsOf(
            keys.stream().map(key -> key.substring(0, key.length() - 1)).sorted().toList());
    store().delete(keys);
    assertThat(store().list("t/")).isEmpty();
  }

  @Test
  void deletedObjectsLeaveNothing() {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));

    store().delete(List.of(KEY, "a/b/data/g=000001/2.jsonl"));
    store().delete(List.of());

    assertThat(store().find(KEY)).isEmpty();
    assertThat(store().list("a/b/data/")).isEmpty();
  }

  @Test
  void deletedObjectCanBeCreatedAgain() {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));
    store().delete(List.of(KEY));

    StoredObject again = store().createIfAbsent(KEY, payload("one"), Map.of("run", "2"));

    assertThat(again.metadata()).containsEntry("run", "2");
  }

  @Test
  void documentIsReplacedOnlyInTheVersionThatWasSeen() {
    ObjectStore store = store();

    assertThat(store.replace("t/current.json", Optional.of("x"), "0")).isFalse();
    assertThat(store.replace("t/current.json", Optional.empty(), "1")).isTrue();
    assertThat(store.replace("t/current.json", Optional.empty(), "2")).isFalse();
    String version = store.document("t/current.json").orElseThrow().version();
    assertThat(store.replace("t/current.json", Optional.of(version), "3 ü")).isTrue();
    assertThat(store.replace("t/current.json", Optional.of(version), "4")).isFalse();
    assertThat(store.document("t/current.json").map(Document::text)).contains("3 ü");
    store.delete(List.of("t/current.json"));
    assertThat(store.replace("t/current.json", Optional.of(version), "5")).isFalse();
    assertThat(store.document("t/current.json")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "/", "/etc/passwd", "a/../../b", "a//b", "..", ".sluice/x", "a\\b", "C:/x"})
  void keyThatCouldLeaveTheFolderIsRefused(String key) {
    ObjectStore store = store();

    assertThatThrownBy(() -> store.find(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.read(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.document(key)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.createIfAbsent(key, payload("x"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.replace(key, Optional.empty(), "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.delete(List.of(key)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.list(key + "/")).isInstanceOf(IllegalArgumentException.class);
  }
}
