package dev.sluice.runtime.checkpoint;

import java.time.Instant;
import java.util.Optional;

/**
 * Keeps the checkpoints of tables, changed only by compare-and-set, and their leases. Used by many
 * invocations at once.
 */
public interface CheckpointStore {

  /**
   * Returns the checkpoint, or empty when there never was one.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when there is one that
   *     cannot be read
   */
  Optional<Checkpoint> load(Destination destination, Flow flow);

  /**
   * Replaces the checkpoint when it still is the expected one, durably and in one step.
   *
   * @return false when another one is there; nothing has changed then
   * @throws OutcomeUnknownException when it cannot be told whether it was replaced
   */
  boolean replace(
      Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next);

  /** Removes the checkpoint, readable or not; only for an operator who begins again. */
  void remove(Destination destination, Flow flow);

  /** Asks for the right to a table until an instant; the holder may ask again. */
  Lease acquire(Destination destination, String runId, Instant until);

  /** Gives the lease back, when the run still holds it. */
  void release(Destination destination, String runId);

  /** Returns the failures at the table's checkpoint that came one after the other. */
  Optional<FailureStreak> attempts(Destination destination, Flow flow);

  void save(Destination destination, Flow flow, FailureStreak attempts);
}
