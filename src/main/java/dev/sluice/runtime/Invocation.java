package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.SyncListener;
import java.time.Instant;
import java.time.InstantSource;

/** The part of an invocation that all its tables share. */
record Invocation(
    String pipeline,
    String runId,
    Time time,
    Stores stores,
    Leasing leasing,
    SyncListener listener,
    RequestCounts requests) {

  /** The times of an invocation: when it began, the time now, and how much is left. */
  record Time(Instant startedAt, InstantSource clock, Budget budget) {}

  /** The stores that an invocation fills. */
  record Stores(Lake lake, CheckpointStore checkpoints) {}

  /**
   * Says whether runs keep out of each other's way; without it they are correct, and only waste
   * work.
   */
  enum Leasing {
    ON,
    OFF
  }

  Invocation with(Leasing other) {
    return new Invocation(pipeline, runId, time, stores, other, listener, requests);
  }

  Invocation with(Budget other) {
    var times = new Time(time.startedAt(), time.clock(), other);
    return new Invocation(pipeline, runId, times, stores, leasing, listener, requests);
  }

  Destination destination(PipelineTable table) {
    return new Destination(pipeline, table.as());
  }

  Instant startedAt() {
    return time.startedAt();
  }

  Instant now() {
    return time.clock().instant();
  }

  Budget budget() {
    return time.budget();
  }

  Lake lake() {
    return stores.lake();
  }

  CheckpointStore checkpoints() {
    return stores.checkpoints();
  }
}
