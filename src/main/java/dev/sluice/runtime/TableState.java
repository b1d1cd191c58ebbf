package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.ContentionException;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.lake.LakeGenerations;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.spi.ConnectorException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The saved state of a table, to look at and to begin again. */
public final class TableState {
  private final Lake lake;
  private final CheckpointStore checkpoints;

  public TableState(Lake lake, CheckpointStore checkpoints) {
    this.lake = lake;
    this.checkpoints = checkpoints;
  }

  /** Returns the checkpoints of the flows that have one. */
  public Map<Flow, Checkpoint> show(Destination destination) {
    var shown = new EnumMap<Flow, Checkpoint>(Flow.class);
    for (Flow flow : Flow.values()) {
      checkpoints.load(destination, flow).ifPresent(at -> shown.put(flow, at));
    }
    return shown;
  }

  /**
   * Begins the next generation, which is read from the start, and fences every run that is under
   * way. Readers keep the present generation until the next one has caught up.
   *
   * @return where the table continues
   */
  public Checkpoint reset(Destination destination) {
    return begin(destination, 1);
  }

  /**
   * Does the same as {@link #reset}, and removes everything older now: readers find an empty
   * generation until the next one has caught up.
   */
  public Checkpoint resetAndPurge(Destination destination) {
    Checkpoint next = begin(destination, 2);
    lake.publish(destination, PublishedGeneration.of(next.generation() - 1));
    for (Flow flow : Flow.values()) {
      BatchLog log = lake.log(destination, flow);
      log.generations().stream()
          .filter(generation -> generation < next.generation())
          .forEach(log::remove);
    }
    return next;
  }

  /**
   * Checks whether the saved offsets belong to this reading.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when one belongs to another
   */
  public void requireReading(Destination destination, Reading reading) {
    for (Checkpoint at : show(destination).values()) {
      ForeignReading.refuse(destination, at, reading);
    }
  }

  /**
   * Lets the table go on from its offsets in another reading: its server was renamed, or the
   * records in between are not wanted. Fences every run of the earlier one.
   *
   * @return where the table continues, for the flows that have an offset
   */
  public Map<Flow, Checkpoint> accept(Destination destination, Reading reading) {
    var accepted = new EnumMap<Flow, Checkpoint>(Flow.class);
    for (Flow flow : Flow.values()) {
      accept(destination, flow, reading).ifPresent(at -> accepted.put(flow, at));
    }
    return accepted;
  }

  private Optional<Checkpoint> accept(Destination destination, Flow flow, Reading reading) {
    for (int attempt = 0; attempt < ContentionException.ATTEMPTS; attempt++) {
      Optional<Checkpoint> before = checkpoints.load(destination, flow);
      Optional<Checkpoint> at =
          before
              .or(() -> lastInLake(destination, flow))
              .map(saved -> lastOf(destination, flow, saved).in(reading));
      if (at.isEmpty() || checkpoints.replace(destination, flow, before, at.get())) {
        return at;
      }
    }
    throw changesTooFast(destination);
  }

  /** Returns the end of a growing table whose checkpoint is lost; a snapshot begins anew. */
  private Optional<Checkpoint> lastInLake(Destination destination, Flow flow) {
    int newest = LakeGenerations.of(lake, destination).newest();
    return newest == 0
        ? Optional.empty()
        : lake.log(destination, flow)
            .last(newest)
            .filter(batch -> batch.metadata().content().isEmpty())
            .map(CommittedBatch::checkpoint);
  }

  /** Returns the place behind the microbatches that the checkpoint has not moved past yet. */
  private Checkpoint lastOf(Destination destination, Flow flow, Checkpoint saved) {
    BatchLog log = lake.log(destination, flow);
    Checkpoint at = saved;
    for (var next = log.find(at.generation(), at.sequence() + 1);
        next.isPresent();
        next = log.find(at.generation(), at.sequence() + 1)) {
      at = next.get().checkpoint();
    }
    return at;
  }

  private int newest(Destination destination) {
    int newest = LakeGenerations.of(lake, destination).newest();
    for (Flow flow : Flow.values()) {
      newest = Math.max(newest, readable(destination, flow).map(Checkpoint::generation).orElse(0));
    }
    return newest;
  }

  private static void requireDamaged(ConnectorException e) {
    if (e.kind() != ConnectorException.Kind.CONFIGURATION || e.isAccessDenied()) {
      throw e;
    }
  }

  /**
   * Loads the checkpoint, but removes a damaged one, which may be why an operator wants to begin
   * again.
   */
  private Optional<Checkpoint> readable(Destination destination, Flow flow) {
    try {
      return checkpoints.load(destination, flow);
    } catch (ConnectorException e) {
      requireDamaged(e);
      checkpoints.remove(destination, flow);
      return Optional.empty();
    }
  }

  /** Begins a generation this far ahead of every other that any run may be in. */
  private Checkpoint begin(Destination destination, int ahead) {
    for (int attempt = 0; attempt < ContentionException.ATTEMPTS; attempt++) {
      // Load this before the newest: a run that begins one after that moves the checkpoint.
      Optional<Checkpoint> before = readable(destination, Flow.DATA);
      Checkpoint next = Checkpoint.beginningOf(newest(destination) + ahead);
      before.ifPresent(at -> showFinished(destination, at));
      if (checkpoints.replace(destination, Flow.DATA, before, next)) {
        // A run that comes in between moves the deletes to the data's generation by itself.
        if (checkpoints.load(destination, Flow.DELETES).isPresent()) {
          bringDeletes(destination, next);
        }
        return next;
      }
    }
    throw changesTooFast(destination);
  }

  /**
   * Shows the snapshot if it is finished: a run that is about to show it would do so after its
   * removal.
   */
  private void showFinished(Destination destination, Checkpoint at) {
    try {
      lake.log(destination, Flow.DATA)
          .find(at.generation(), at.sequence())
          .filter(CommittedBatch::isSeal)
          .ifPresent(seal -> SnapshotGenerations.publish(lake, destination, seal));
    } catch (ConnectorException e) {
      requireDamaged(e);
    }
  }

  private void bringDeletes(Destination destination, Checkpoint next) {
    for (int attempt = 0; attempt < ContentionException.ATTEMPTS; attempt++) {
      Optional<Checkpoint> before = checkpoints.load(destination, Flow.DELETES);
      if (before.filter(at -> at.generation() >= next.generation()).isPresent()
          || checkpoints.replace(destination, Flow.DELETES, before, next)) {
        return;
      }
    }
    throw changesTooFast(destination);
  }

  private static ConnectorException changesTooFast(Destination destination) {
    return ConnectorException.transientFailure(
        "Table %s changes faster than this can be done; try again".formatted(destination));
  }
}
