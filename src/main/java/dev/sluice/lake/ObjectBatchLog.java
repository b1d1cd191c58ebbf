package dev.sluice.lake;

import dev.sluice.runtime.BatchLog;
import dev.sluice.runtime.BatchStamp;
import dev.sluice.runtime.CommittedBatch;
import dev.sluice.runtime.Flow;
import dev.sluice.runtime.PendingBatch;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The microbatches of a flow as objects whose keys are their numbers. */
final class ObjectBatchLog implements BatchLog {
  private final ObjectStore store;
  private final Layout layout;
  private final Flow flow;
  private final Format format;

  ObjectBatchLog(ObjectStore store, Layout layout, Flow flow, Format format) {
    this.store = store;
    this.layout = layout;
    this.flow = flow;
    this.format = format;
  }

  @Override
  public PendingBatch begin() {
    return new SpooledBatch(this, format);
  }

  CommittedBatch create(int generation, long sequence, Payload payload, BatchStamp stamp) {
    String key = layout.batch(flow, generation, sequence) + format.extension();
    return committed(generation, store.createIfAbsent(key, payload, StampMetadata.write(stamp)));
  }

  @Override
  public Optional<CommittedBatch> find(int generation, long sequence) {
    String name = layout.batch(flow, generation, sequence);
    return store
        .find(name + format.extension())
        // The pipeline may have used another format or compression when it was killed.
        .or(() -> store.list(name + ".").stream().findFirst().flatMap(store::find))
        .map(object -> committed(generation, object));
  }

  @Override
  public Optional<CommittedBatch> last(int generation) {
    return batches(generation).stream()
        .reduce((earlier, later) -> later)
        .flatMap(store::find)
        .map(object -> committed(generation, object));
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
  }

  private List<String> batches(int generation) {
    return store.list(layout.generation(flow, generation)).stream()
        .filter(Layout::isBatch)
        .toList();
  }

  private static CommittedBatch committed(int generation, StoredObject object) {
    return new CommittedBatch(
        generation, Layout.sequenceOf(object.key()), object.size(), StampMetadata.read(object));
  }
}
