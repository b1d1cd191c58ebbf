package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.lake.CommittedBatch;

/** What one flow has brought in this invocation, and where it stands. */
final class FlowStats {
  private Checkpoint before = Checkpoint.START;
  private Checkpoint position = Checkpoint.START;
  private boolean found;
  private long records;
  private long bytes;
  private long batches;

  /** Where the run found the flow; later findings are about other runs. */
  void found(Checkpoint checkpoint) {
    if (!found) {
      found = true;
      before = checkpoint;
      position = checkpoint;
    }
  }

  void reached(Checkpoint checkpoint) {
    position = checkpoint;
  }

  boolean isFound() {
    return found;
  }

  /** The checkpoint moved over a microbatch: whichever run wrote it, this one brought it in. */
  void add(CommittedBatch batch) {
    if (!batch.isSeal()) {
      records += batch.metadata().records();
      bytes += batch.bytes();
      batches++;
    }
  }

  Checkpoint before() {
    return before;
  }

  /** Where the data stands: of a finished snapshot, the end of the generation that is read. */
  Checkpoint position() {
    return position;
  }

  long records() {
    return records;
  }

  long bytes() {
    return bytes;
  }

  long batches() {
    return batches;
  }
}
