package dev.sluice.simulation;

import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.CheckpointStoreContract;
import dev.sluice.runtime.checkpoint.Destination;

/** The simulation's checkpoint store is one. */
class MemoryCheckpointsTest extends CheckpointStoreContract {
  private final MemoryCheckpoints.Shelf shelf = new MemoryCheckpoints.Shelf();

  @Override
  protected CheckpointStore store() {
    return new MemoryCheckpoints(shelf, () -> now);
  }

  @Override
  protected Destination table() {
    return new Destination("acme", "users");
  }
}
