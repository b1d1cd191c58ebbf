package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.report.SyncListener;
import java.time.Instant;
import java.util.Optional;

/** One flow of a table in an invocation, and what its sync works with. */
record FlowContext(Invocation invocation, Destination destination, Flow flow, Reading reading) {

  FlowContext with(Budget budget) {
    return new FlowContext(invocation.with(budget), destination, flow, reading);
  }

  String runId() {
    return invocation.runId();
  }

  Instant startedAt() {
    return invocation.startedAt();
  }

  Budget budget() {
    return invocation.budget();
  }

  SyncListener listener() {
    return invocation.listener();
  }

  /** Tells the operator, at once and in the report. */
  void warn(String message) {
    invocation.requests().warning(message);
  }

  Lake lake() {
    return invocation.lake();
  }

  BatchLog log() {
    return lake().log(destination, flow);
  }

  CheckpointStore checkpoints() {
    return invocation.checkpoints();
  }

  Optional<Checkpoint> loadCheckpoint() {
    return checkpoints().load(destination, flow);
  }

  /**
   * Returns the same place in the reading of this run.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when the offset belongs to another one
   */
  Checkpoint inReading(Checkpoint at) {
    ForeignReading.refuse(destination, at, reading);
    return at.in(reading);
  }
}
