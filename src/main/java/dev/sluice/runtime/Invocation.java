package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.SyncListener;
import java.time.Instant;
import java.time.InstantSource;

/** What the tables of an invocation share. */
record Invocation(
    String pipeline,
    String runId,
    Instant startedAt,
    InstantSource clock,
    Budget budget,
    Lake lake,
    CheckpointStore checkpoints,
    Leasing leasing,
    SyncListener listener,
    RequestCounts requests) {

  /** Whether runs keep out of each other's way; they are correct without, and only waste work. */
  enum Leasing {
    ON,
    OFF
  }

  Invocation with(Leasing other) {
    return new Invocation(
        pipeline, runId, startedAt, clock, budget, lake, checkpoints, other, listener, requests);
  }

  Destination destination(PipelineTable table) {
    return new Destination(pipeline, table.as());
  }
}
