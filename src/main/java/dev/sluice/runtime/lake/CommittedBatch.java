package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.Checkpoint;

/**
 * A microbatch that is in the lake.
 *
 * @param bytes its size there
 */
public record CommittedBatch(int generation, long sequence, long bytes, BatchMetadata metadata) {

  public Checkpoint checkpoint() {
    return new Checkpoint(generation, sequence, metadata.end(), metadata.reading());
  }

  public boolean isSeal() {
    return metadata.kind() == BatchMetadata.Kind.SEAL;
  }
}
