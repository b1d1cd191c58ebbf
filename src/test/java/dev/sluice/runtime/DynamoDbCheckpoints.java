package dev.sluice.runtime;

import dev.sluice.aws.DynamoDbCheckpointStore;
import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Checkpoints in the emulator's table that nobody else sees, as the pipeline's name is another. */
record DynamoDbCheckpoints(CheckpointStore store, String name) implements CheckpointStore {
  private static final AtomicInteger STORES = new AtomicInteger();

  static CheckpointStore in(DynamoDbEmulator dynamoDb, ObjectStore lake) {
    var store =
        new DynamoDbCheckpointStore(
            dynamoDb.client(),
            DynamoDbEmulator.TABLE,
            "s3://lake",
            new OffsetObjects(lake),
            InstantSource.system());
    return new DynamoDbCheckpoints(store, "store-" + STORES.incrementAndGet());
  }

  private Destination own(Destination destination) {
    return new Destination(name + " " + destination.pipeline(), destination.table());
  }

  @Override
  public Optional<Checkpoint> load(Destination destination, Flow flow) {
    return store.load(own(destination), flow);
  }

  @Override
  public boolean replace(
      Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next) {
    return store.replace(own(destination), flow, expected, next);
  }

  @Override
  public void remove(Destination destination, Flow flow) {
    store.remove(own(destination), flow);
  }

  @Override
  public Lease acquire(Destination destination, String runId, Instant until) {
    return store.acquire(own(destination), runId, until);
  }

  @Override
  public void release(Destination destination, String runId) {
    store.release(own(destination), runId);
  }

  @Override
  public Optional<FailureStreak> attempts(Destination destination, Flow flow) {
    return store.attempts(own(destination), flow);
  }

  @Override
  public void save(Destination destination, Flow flow, FailureStreak attempts) {
    store.save(own(destination), flow, attempts);
  }
}
