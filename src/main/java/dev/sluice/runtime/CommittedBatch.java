package dev.sluice.runtime;

/**
 * A microbatch that is in the lake.
 *
 * @param bytes its size there
 */
public record CommittedBatch(int generation, long sequence, long bytes, BatchStamp stamp) {

  Checkpoint checkpoint() {
    return new Checkpoint(generation, sequence, stamp.end());
  }

  boolean isSeal() {
    return stamp.kind() == BatchStamp.Kind.SEAL;
  }
}
