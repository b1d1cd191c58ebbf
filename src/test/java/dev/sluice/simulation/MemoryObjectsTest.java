package dev.sluice.simulation;

import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreContract;
import java.time.InstantSource;

/** The simulation's bucket is one. */
class MemoryObjectsTest extends ObjectStoreContract {
  private final MemoryObjects objects = new MemoryObjects(InstantSource.system());

  @Override
  protected ObjectStore store() {
    return objects;
  }
}
