package dev.sluice.local;

import dev.sluice.runtime.Attempts;
import dev.sluice.runtime.Checkpoint;
import dev.sluice.runtime.CheckpointStore;
import dev.sluice.runtime.Destination;
import dev.sluice.runtime.Flow;
import dev.sluice.runtime.Lease;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Checkpoints and leases as small files below a folder. */
public final class LocalCheckpointStore implements CheckpointStore {

  public LocalCheckpointStore(Path root) {}

  @Override
  public Optional<Checkpoint> load(Destination destination, Flow flow) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean replace(
      Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Lease acquire(Destination destination, String runId, Instant until) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void release(Destination destination, String runId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Attempts> attempts(Destination destination, Flow flow) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void save(Destination destination, Flow flow, Attempts attempts) {
    throw new UnsupportedOperationException();
  }
}
