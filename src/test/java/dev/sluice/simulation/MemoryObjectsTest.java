package dev.sluice.simulation;

import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreContract;

/** The simulation's bucket is one. */
class MemoryObjectsTest extends ObjectStoreContract {
  private final MemoryObjects objects = new MemoryObjects();

  @Override
  protected ObjectStore store() {
    return objects;
  }
}
