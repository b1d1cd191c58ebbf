package dev.sluice.simulation;

import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.lake.Payload;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A bucket in memory; may be used from any thread. */
final class MemoryObjects implements ObjectStore {
  private final TreeMap<String, Content> contents = new TreeMap<>();
  private final InstantSource clock;
  private long changes;

  MemoryObjects(InstantSource clock) {
    this.clock = clock;
  }

  private static final class Content {
    private final byte[] bytes;
    private final Map<String, String> metadata;
    private final long version;
    private final Instant writtenAt;

    Content(byte[] bytes, Map<String, String> metadata, long version, Instant writtenAt) {
      this.bytes = bytes;
      this.metadata = metadata;
      this.version = version;
      this.writtenAt = writtenAt;
    }

    StoredObject describe(String key) {
      return new StoredObject(key, bytes.length, metadata);
    }
  }

  /** Grows with every change, so that an observer knows when to look again. */
  synchronized long changes() {
    return changes;
  }

  @Override
  public synchronized StoredObject createIfAbsent(
      String key, Payload payload, Map<String, String> metadata) {
    ObjectStore.requireMetadata(metadata);
    return find(key).orElseGet(() -> overwrite(key, bytes(payload), metadata));
  }

  /** What no object store of ours offers; broken protocols use it. */
  synchronized StoredObject overwrite(String key, byte[] bytes, Map<String, String> metadata) {
    var content = new Content(bytes, metadata, ++changes, clock.instant());
    contents.put(ObjectStore.requireKey(key), content);
    return content.describe(key);
  }

  private static byte[] bytes(Payload payload) {
    try (InputStream in = payload.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Content> content(String key) {
    return Optional.ofNullable(contents.get(ObjectStore.requireKey(key)));
  }

  @Override
  public synchronized Optional<StoredObject> find(String key) {
    return content(key).map(found -> found.describe(key));
  }

  @Override
  public synchronized InputStream read(String key) throws IOException {
    return new ByteArrayInputStream(
        content(key).orElseThrow(() -> new FileNotFoundException(key)).bytes);
  }

  @Override
  public synchronized List<String> list(String prefix, String after) {
    if (prefix.indexOf('/') >= 0) {
      ObjectStore.requireKey(prefix.substring(0, prefix.lastIndexOf('/')));
    }
    return contents.tailMap(prefix).keySet().stream()
        .takeWhile(key -> key.startsWith(prefix))
        .filter(key -> key.compareTo(after) > 0)
        .map(
            key -> {
              int slash = key.indexOf('/', prefix.length());
              return slash < 0 ? key : key.substring(0, slash + 1);
            })
        .distinct()
        .toList();
  }

  @Override
  public synchronized Map<String, Instant> writtenAt(String prefix) {
    return list(prefix).stream()
        .collect(Collectors.toMap(key -> key, key -> content(key).orElseThrow().writtenAt));
  }

  @Override
  public synchronized Optional<Document> document(String key) {
    return content(key)
        .map(
            found ->
                new Document(
                    new String(found.bytes, StandardCharsets.UTF_8), Long.toString(found.version)));
  }

  @Override
  public synchronized boolean replace(String key, Optional<String> expectedVersion, String text) {
    if (!document(key).map(Document::version).equals(expectedVersion)) {
      return false;
    }
    overwrite(key, text.getBytes(StandardCharsets.UTF_8), Map.of());
    return true;
  }

  @Override
  public synchronized void delete(List<String> keys) {
    for (String key : keys) {
      content(key).ifPresent(found -> changes++);
      contents.remove(key);
    }
  }
}
