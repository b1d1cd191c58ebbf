package dev.sluice.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps offsets that are too large for the place where offsets are kept, as objects beside the
 * records. What changes little from one offset to the next costs little. They are removed with the
 * generation that they belong to, or a week after nothing refers to them any more.
 *
 * <p>The lake and the checkpoints of a run share one, so that an offset is written once. May be
 * used from any thread.
 */
public final class OffsetObjects {
  private final ObjectStore store;
  private final ReadingObjects readings;
  private final Map<String, OffsetFolder> folders = new ConcurrentHashMap<>();

  public OffsetObjects(ObjectStore store) {
    this.store = store;
    this.readings = new ReadingObjects(store);
  }

  /** Returns the objects of the readings that these offsets belong to. */
  public ReadingObjects readings() {
    return readings;
  }

  private OffsetFolder folder(Destination destination, Flow flow, int generation) {
    return folders.computeIfAbsent(
        new Layout(destination).offsets(flow, generation), key -> new OffsetFolder(store, key));
  }

  /**
   * Keeps an offset durably.
   *
   * @return the reference by which {@link #find} knows it: at most 1,000 visible ASCII characters
   */
  public String keep(Destination destination, Flow flow, int generation, Offset offset) {
    return folder(destination, flow, generation).keep(offset);
  }

  /**
   * Finds the offset of this reference.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when it is not there, or was changed
   */
  public Offset find(Destination destination, Flow flow, int generation, String reference) {
    return folder(destination, flow, generation).find(reference);
  }

  /** Removes the objects that nothing has referred to for a week. */
  void removeUnused(Destination destination, Flow flow, int generation, Instant now) {
    folder(destination, flow, generation).removeUnused(now);
  }

  /** Removes the objects of a generation whose microbatches are gone. */
  void remove(Destination destination, Flow flow, int generation) {
    String folder = new Layout(destination).offsets(flow, generation);
    folders.remove(folder);
    store.delete(store.list(folder));
  }
}
