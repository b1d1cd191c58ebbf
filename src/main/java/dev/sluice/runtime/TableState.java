package dev.sluice.runtime;

import dev.sluice.spi.ConnectorException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What is saved of a table, to be looked at and to begin again. */
public final class TableState {
  /** How often a running invocation may be faster. */
  private static final int ATTEMPTS = 100;

  private final Lake lake;
  private final CheckpointStore checkpoints;

  public TableState(Lake lake, CheckpointStore checkpoints) {
    this.lake = lake;
    this.checkpoints = checkpoints;
  }

  /** The checkpoints of the flows that have one. */
  public Map<Flow, Checkpoint> show(Destination destination) {
    var shown = new EnumMap<Flow, Checkpoint>(Flow.class);
    for (Flow flow : Flow.values()) {
      checkpoints.load(destination, flow).ifPresent(at -> shown.put(flow, at));
    }
    return shown;
  }

  /**
   * Begins the next generation, which is read from the start; fences whoever still runs. Readers
   * keep the present generation until the next one has caught up.
   *
   * @return where the table goes on
   */
  public Checkpoint reset(Destination destination) {
    return begin(destination, newest(destination) + 1);
  }

  /**
   * As {@link #reset}, and everything older is removed now: readers find an empty generation until
   * the next one has caught up.
   */
  public Checkpoint resetAndPurge(Destination destination) {
    int empty = newest(destination) + 1;
    Checkpoint next = begin(destination, empty + 1);
    lake.publish(destination, Publication.of(empty));
    for (Flow flow : Flow.values()) {
      BatchLog log = lake.log(destination, flow);
      log.generations().stream()
          .filter(generation -> generation < next.generation())
          .forEach(log::remove);
    }
    return next;
  }

  private int newest(Destination destination) {
    int newest = GenerationsInLake.of(lake, destination).newest();
    for (Flow flow : Flow.values()) {
      newest = Math.max(newest, readable(destination, flow).map(Checkpoint::generation).orElse(0));
    }
    return newest;
  }

  /** A checkpoint that cannot be read is why an operator may want to begin again. */
  private Optional<Checkpoint> readable(Destination destination, Flow flow) {
    try {
      return checkpoints.load(destination, flow);
    } catch (ConnectorException e) {
      if (e.kind() != ConnectorException.Kind.CONFIGURATION || e.isAccessDenied()) {
        throw e;
      }
      checkpoints.remove(destination, flow);
      return Optional.empty();
    }
  }

  private Checkpoint begin(Destination destination, int generation) {
    Checkpoint next = Checkpoint.beginningOf(generation);
    replace(destination, Flow.DATA, next);
    // A run that comes in between brings the deletes into the data's generation by itself.
    if (checkpoints.load(destination, Flow.DELETES).isPresent()) {
      replace(destination, Flow.DELETES, next);
    }
    return next;
  }

  private void replace(Destination destination, Flow flow, Checkpoint next) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Checkpoint> before = checkpoints.load(destination, flow);
      if (before.filter(at -> at.generation() >= next.generation()).isPresent()
          || checkpoints.replace(destination, flow, before, next)) {
        return;
      }
    }
    throw ConnectorException.transientFailure(
        "Table %s changes faster than it can be reset; try again".formatted(destination));
  }
}
