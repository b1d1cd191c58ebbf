package dev.sluice.lake;

import dev.sluice.runtime.checkpoint.FencedException;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Keeps the microbatches of a flow as objects whose keys are their numbers.
 *
 * <p>A generation keeps the format in which it was begun, so that a number has one key, whatever
 * format the competing runs are configured to write.
 */
final class ObjectBatchLog implements BatchLog {
  private final ObjectStore store;
  private final Layout layout;
  private final Flow flow;
  private final Format format;
  private final OffsetObjects offsets;
  private final Map<Integer, Format> formats = new HashMap<>();

  ObjectBatchLog(
      ObjectStore store, Layout layout, Flow flow, Format format, OffsetObjects offsets) {
    this.store = store;
    this.layout = layout;
    this.flow = flow;
    this.format = format;
    this.offsets = offsets;
  }

  @Override
  public PendingBatch begin(int generation) {
    return new SpooledBatch(settled(generation).orElseGet(() -> settle(generation)));
  }

  /**
   * Returns the format in which a generation was begun: this one, or that of a run that was faster.
   */
  private Format settle(int generation) {
    store.replace(layout.format(flow, generation), Optional.empty(), format.extension() + "\n");
    // A run removes a generation in use by others only after it has begun a later one.
    return settled(generation).orElseThrow(() -> removed(generation));
  }

  private FencedException removed(int generation) {
    return new FencedException(layout.destination(), generation);
  }

  /** Returns the format in which a generation was begun; reads it once, as it never changes. */
  private Optional<Format> settled(int generation) {
    Optional<Format> known = Optional.ofNullable(formats.get(generation));
    if (known.isPresent()) {
      return known;
    }
    Optional<Format> settled =
        store.document(layout.format(flow, generation)).map(text -> format(generation, text));
    settled.ifPresent(found -> formats.put(generation, found));
    return settled;
  }

  private Format format(int generation, Document document) {
    return Format.of(document.text().strip(), format)
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "Generation %d of %s was begun in a format that this release cannot write: run the release that wrote it, or begin again with 'state reset'"
                        .formatted(generation, layout.flow(flow))));
  }

  @Override
  public CommittedBatch commit(
      int generation, long sequence, PendingBatch batch, BatchMetadata metadata) {
    Payload payload = batch.complete();
    Format begun = settled(generation).orElseThrow(() -> removed(generation));
    Map<String, String> written =
        ObjectMetadata.write(
            metadata,
            offset -> offsets.keep(layout.destination(), flow, generation, offset),
            reading -> offsets.readings().keep(layout.destination(), reading));
    String key = layout.batch(flow, generation, sequence) + begun.extension();
    StoredObject there = store.createIfAbsent(key, payload, written);
    return there.metadata().equals(written)
        ? new CommittedBatch(generation, sequence, there.size(), metadata)
        : committed(generation, there);
  }

  @Override
  public Optional<CommittedBatch> find(int generation, long sequence) {
    String name = layout.batch(flow, generation, sequence);
    Optional<Format> settled = settled(generation);
    Optional<StoredObject> object =
        settled.isPresent()
            ? store.find(name + settled.get().extension())
            // A removal may have removed the document but not yet the microbatches.
            : store.list(name + ".").stream()
                .filter(Layout::isBatch)
                .findFirst()
                .flatMap(store::find);
    return object.flatMap(found -> committedIfThere(generation, found));
  }

  @Override
  public Optional<CommittedBatch> last(int generation) {
    return batches(generation).stream()
        .reduce((earlier, later) -> later)
        .flatMap(store::find)
        .flatMap(object -> committedIfThere(generation, object));
  }

  @Override
  public List<Long> numbersFrom(int generation, long sequence) {
    // What a key has beyond its number makes it come after it.
    String number = layout.batch(flow, generation, sequence);
    return store.list(layout.generation(flow, generation), number).stream()
        .filter(Layout::isBatch)
        .map(Layout::sequenceOf)
        .toList();
  }

  @Override
  public long length(int generation) {
    long length = 0;
    for (long number : numbersFrom(generation, 1)) {
      if (number != length + 1) {
        break;
      }
      length++;
    }
    return length;
  }

  @Override
  public boolean isSealed(int generation) {
    return batches(generation).stream()
        .reduce((earlier, later) -> later)
        .flatMap(store::find)
        .filter(ObjectMetadata::isSeal)
        .isPresent();
  }

  @Override
  public Optional<Instant> lastWritten(int generation) {
    return store.writtenAt(layout.generation(flow, generation)).values().stream()
        .max(Instant::compareTo);
  }

  @Override
  public List<Integer> generations() {
    return store.list(layout.flow(flow)).stream()
        .map(Layout::generationOf)
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt)
        .sorted()
        .toList();
  }

  @Override
  public void remove(int generation) {
    store.delete(batches(generation));
    // After the objects that refer to them.
    offsets.remove(layout.destination(), flow, generation);
    store.delete(List.of(layout.format(flow, generation)));
  }

  @Override
  public void removeUnusedOffsets(int generation, Instant now) {
    offsets.removeUnused(layout.destination(), flow, generation, now);
  }

  private List<String> batches(int generation) {
    return store.list(layout.generation(flow, generation)).stream()
        .filter(Layout::isBatch)
        .toList();
  }

  private Optional<CommittedBatch> committedIfThere(int generation, StoredObject object) {
    try {
      return Optional.of(committed(generation, object));
    } catch (ConnectorException e) {
      // Another run may since have removed the generation, its offsets included.
      if (store.find(object.key()).isEmpty()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private CommittedBatch committed(int generation, StoredObject object) {
    return new CommittedBatch(
        generation,
        Layout.sequenceOf(object.key()),
        object.size(),
        ObjectMetadata.read(
            object,
            name -> offsets.find(layout.destination(), flow, generation, name),
            name -> offsets.readings().find(layout.destination(), name)));
  }
}
