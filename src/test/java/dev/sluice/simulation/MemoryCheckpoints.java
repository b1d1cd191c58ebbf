package dev.sluice.simulation;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Checkpoints and leases in memory, as one client with its own clock sees them. */
final class MemoryCheckpoints implements CheckpointStore {
  private final Shelf shelf;
  private final InstantSource clock;

  MemoryCheckpoints(Shelf shelf, InstantSource clock) {
    this.shelf = shelf;
    this.clock = clock;
  }

  private record Place(Destination destination, Flow flow) {}

  /** Who has a table until when; nobody any more at the instant {@code until}. */
  record Holder(String runId, Instant until) {}

  /** What all clients share. */
  static final class Shelf {
    private final Map<Place, Checkpoint> checkpoints = new HashMap<>();
    private final Map<Place, FailureStreak> attempts = new HashMap<>();
    private final Map<Destination, Holder> holders = new HashMap<>();

    synchronized Optional<Checkpoint> checkpoint(Destination destination, Flow flow) {
      return Optional.ofNullable(checkpoints.get(new Place(destination, flow)));
    }

    synchronized Optional<Holder> holder(Destination destination) {
      return Optional.ofNullable(holders.get(destination));
    }

    /** What no checkpoint store of ours offers; broken protocols use it. */
    synchronized void overwrite(Destination destination, Flow flow, Checkpoint next) {
      checkpoints.put(new Place(destination, flow), next);
    }

    synchronized Shelf copy() {
      var copy = new Shelf();
      copy.restore(this);
      return copy;
    }

    @Override
    public synchronized String toString() {
      return checkpoints.size() + " checkpoints";
    }

    /** Everything becomes as it was when the copy was made. */
    synchronized void restore(Shelf copy) {
      checkpoints.clear();
      checkpoints.putAll(copy.checkpoints);
      attempts.clear();
      attempts.putAll(copy.attempts);
      holders.clear();
      holders.putAll(copy.holders);
    }
  }

  @Override
  public Optional<Checkpoint> load(Destination destination, Flow flow) {
    return shelf.checkpoint(destination, flow);
  }

  @Override
  public boolean replace(
      Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next) {
    synchronized (shelf) {
      boolean isExpected = shelf.checkpoint(destination, flow).equals(expected);
      if (isExpected) {
        shelf.overwrite(destination, flow, next);
      }
      return isExpected;
    }
  }

  @Override
  public void remove(Destination destination, Flow flow) {
    synchronized (shelf) {
      shelf.checkpoints.remove(new Place(destination, flow));
    }
  }

  @Override
  public Lease acquire(Destination destination, String runId, Instant until) {
    synchronized (shelf) {
      Optional<Holder> before = shelf.holder(destination);
      if (before.isPresent()
          && !before.get().runId().equals(runId)
          && clock.instant().isBefore(before.get().until())) {
        return new Lease.Taken(
            before.get().runId(), before.get().until(), load(destination, Flow.DATA));
      }
      shelf.holders.put(destination, new Holder(runId, until));
      return new Lease.Held();
    }
  }

  @Override
  public void release(Destination destination, String runId) {
    synchronized (shelf) {
      shelf
          .holder(destination)
          .filter(holder -> holder.runId().equals(runId))
          .ifPresent(holder -> shelf.holders.remove(destination));
    }
  }

  @Override
  public Optional<FailureStreak> attempts(Destination destination, Flow flow) {
    synchronized (shelf) {
      return Optional.ofNullable(shelf.attempts.get(new Place(destination, flow)));
    }
  }

  @Override
  public void save(Destination destination, Flow flow, FailureStreak attempts) {
    synchronized (shelf) {
      shelf.attempts.put(new Place(destination, flow), attempts);
    }
  }
}
