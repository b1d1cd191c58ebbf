package dev.sluice.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps readings that are too long for the place where readings are kept, as objects that are named
 * by their content. They are few, and stay as long as the table.
 */
public final class ReadingObjects {
  private final ObjectStore store;

  /** The readings that are known to be there; a run has one or two. */
  private final Map<String, Reading> known = new ConcurrentHashMap<>();

  ReadingObjects(ObjectStore store) {
    this.store = store;
  }

  /**
   * Keeps a reading durably.
   *
   * @return the name under which {@link #find} knows it
   */
  public String keep(Destination destination, Reading reading) {
    byte[] json = AsciiJson.of(reading.json()).getBytes(StandardCharsets.US_ASCII);
    String name = Sha256.of(json);
    String key = new Layout(destination).reading(name);
    known.computeIfAbsent(
        key,
        unknown -> {
          store.createIfAbsent(key, Payload.of(json), Map.of());
          return reading;
        });
    return name;
  }

  /**
   * Finds the reading of this name.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when it is not there
   */
  public Reading find(Destination destination, String name) {
    return known.computeIfAbsent(new Layout(destination).reading(name), this::find);
  }

  private Reading find(String key) {
    return store
        .document(key)
        .map(document -> Reading.parse(document.text()))
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "The object %s, which says what was read, is not there. Restore it, or begin again with 'state reset'"
                        .formatted(key)));
  }
}
