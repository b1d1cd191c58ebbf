package dev.sluice.runtime;

import java.util.Map;

/** What is saved of a table, to be looked at and to begin again. */
public final class TableState {

  public TableState(Lake lake, CheckpointStore checkpoints) {}

  /** The checkpoints of the flows that have one. */
  public Map<Flow, Checkpoint> show(Destination destination) {
    return Map.of();
  }

  /**
   * Begins the next generation, which is read from the start; fences whoever still runs. Readers
   * keep the present generation until the next one has caught up.
   */
  public Checkpoint reset(Destination destination) {
    return Checkpoint.START;
  }

  /** As {@link #reset}, and everything older is removed now; readers find an empty table first. */
  public Checkpoint resetAndPurge(Destination destination) {
    return Checkpoint.START;
  }
}
