package dev.sluice.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Keeps offsets that are too large for the place where offsets are kept, as objects that are named
 * by their content. They are removed with the generation that they belong to.
 */
public final class OffsetObjects {
  private final ObjectStore store;
  private final ReadingObjects readings;

  public OffsetObjects(ObjectStore store) {
    this.store = store;
    this.readings = new ReadingObjects(store);
  }

  /** Returns the objects of the readings that these offsets belong to. */
  public ReadingObjects readings() {
    return readings;
  }

  /**
   * Keeps an offset durably.
   *
   * @return the name under which {@link #find} knows it: the SHA-256 of the object, in hexadecimal
   */
  public String keep(Destination destination, Flow flow, int generation, Offset offset) {
    byte[] json = AsciiJson.of(offset.json()).getBytes(StandardCharsets.US_ASCII);
    String name = Sha256.of(json);
    String key = new Layout(destination).offset(flow, generation, name);
    store.createIfAbsent(key, Payload.of(json), Map.of());
    return name;
  }

  /**
   * Finds the offset of this name.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when it is not there
   */
  public Offset find(Destination destination, Flow flow, int generation, String name) {
    String key = new Layout(destination).offset(flow, generation, name);
    return store
        .document(key)
        .map(document -> Offset.parse(document.text()))
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "The offset %s is not there. Restore it, or begin again with 'state reset'"
                        .formatted(key)));
  }
}
