package dev.sluice.lake;

import dev.sluice.runtime.lake.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stores objects by key, as every cloud does; a key consists of segments with {@code /} between
 * them. Used by many invocations at once.
 */
public interface ObjectStore {
  /** The most bytes of metadata that clouds accept, names included. */
  int MOST_METADATA = 2048;

  /**
   * Creates an object and its metadata in one durable step, unless there is one under the key.
   *
   * @param metadata see {@link #requireMetadata}
   * @return the object that is there: this one, or one that was created first, with its own
   *     metadata
   * @throws dev.sluice.runtime.checkpoint.OutcomeUnknownException when it cannot be told what is
   *     there
   */
  StoredObject createIfAbsent(String key, Payload payload, Map<String, String> metadata);

  Optional<StoredObject> find(String key);

  /** Opens an object for reading; the caller closes the stream. */
  InputStream read(String key) throws IOException;

  /**
   * Lists the keys that begin with the prefix, each cut after the next {@code /}; sorted, distinct.
   */
  default List<String> list(String prefix) {
    return list(prefix, "");
  }

  /** Lists the same keys, but only those that come after another one. */
  List<String> list(String prefix, String after);

  /** Tells when each of the objects was written whose keys begin with the prefix. */
  Map<String, Instant> writtenAt(String prefix);

  Optional<Document> document(String key);

  /**
   * Replaces a small object when its version still is the expected one; empty expects none.
   *
   * @return whether it did; also true when the text is there already, as after a request that the
   *     store had to repeat
   * @throws dev.sluice.runtime.checkpoint.OutcomeUnknownException when it cannot be told what is
   *     there
   */
  boolean replace(String key, Optional<String> expectedVersion, String text);

  /** Removes objects; a missing one is no error. */
  void delete(List<String> keys);

  /**
   * Returns the key when it is valid in every store: no segment is empty, or hidden, or leads
   * elsewhere.
   */
  static String requireKey(String key) {
    for (String segment : key.split("/", -1)) {
      if (segment.isEmpty()
          || segment.startsWith(".")
          || segment.indexOf('\\') >= 0
          || segment.indexOf(':') >= 0) {
        throw new IllegalArgumentException("Not the key of an object: '" + key + "'");
      }
    }
    return key;
  }

  /** Returns the metadata when every store can keep it: visible ASCII, and not too much of it. */
  static Map<String, String> requireMetadata(Map<String, String> metadata) {
    int size = 0;
    for (var entry : metadata.entrySet()) {
      if (!isVisible(entry.getKey()) || !isVisible(entry.getValue())) {
        throw new IllegalArgumentException(
            "Metadata is visible ASCII, and '%s' is not".formatted(entry.getKey()));
      }
      size += entry.getKey().length() + entry.getValue().length();
    }
    if (size > MOST_METADATA) {
      throw new IllegalArgumentException(
          "Metadata of %d bytes; %d is the most".formatted(size, MOST_METADATA));
    }
    return metadata;
  }

  private static boolean isVisible(String text) {
    return text.chars().allMatch(each -> each > ' ' && each <= '~');
  }
}
