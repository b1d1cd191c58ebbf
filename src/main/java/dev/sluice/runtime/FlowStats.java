package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.lake.CommittedBatch;
import java.util.Optional;

/**
 * The amounts that one flow has brought in this invocation, and its position.
 *
 * @param found where the run found the flow, once it has looked
 * @param position where the data is: of a finished snapshot, the end of the generation that is read
 */
record FlowStats(
    Optional<Checkpoint> found, Checkpoint position, long records, long bytes, long batches) {

  /** The amounts before the run has looked at the flow. */
  static final FlowStats NONE = new FlowStats(Optional.empty(), Checkpoint.START, 0, 0, 0);

  /**
   * Records the checkpoint where the flow was found; ignores later ones, which are about other
   * runs.
   */
  FlowStats foundAt(Checkpoint checkpoint) {
    return found.isPresent()
        ? this
        : new FlowStats(Optional.of(checkpoint), checkpoint, records, bytes, batches);
  }

  FlowStats reached(Checkpoint checkpoint) {
    return new FlowStats(found, checkpoint, records, bytes, batches);
  }

  /** Adds a microbatch that this run has committed, or found as what a killed run had left. */
  FlowStats plus(CommittedBatch batch) {
    return batch.isSeal()
        ? this
        : new FlowStats(
            found,
            position,
            records + batch.metadata().records(),
            bytes + batch.bytes(),
            batches + 1);
  }

  Checkpoint before() {
    return found.orElse(Checkpoint.START);
  }
}
