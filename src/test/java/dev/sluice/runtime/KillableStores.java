package dev.sluice.runtime;

import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.runtime.lake.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stores whose every effect may be the last. */
final class KillableStores {

  private KillableStores() {}

  record Objects(ObjectStore store, Kill kill) implements ObjectStore {

    @Override
    public StoredObject createIfAbsent(String key, Payload payload, Map<String, String> metadata) {
      return kill.around(() -> store.createIfAbsent(key, payload, metadata));
    }

    @Override
    public boolean replace(String key, Optional<String> expectedVersion, String text) {
      return kill.around(() -> store.replace(key, expectedVersion, text));
    }

    /** One object at a time: a kill may come in between. */
    @Override
    public void delete(List<String> keys) {
      for (String key : keys) {
        kill.around(
            () -> {
              store.delete(List.of(key));
              return true;
            });
      }
    }

    @Override
    public Optional<StoredObject> find(String key) {
      return store.find(key);
    }

    @Override
    public InputStream read(String key) throws IOException {
      return store.read(key);
    }

    @Override
    public List<String> list(String prefix, String after) {
      return store.list(prefix, after);
    }

    @Override
    public Map<String, Instant> writtenAt(String prefix) {
      return store.writtenAt(prefix);
    }

    @Override
    public Optional<Document> document(String key) {
      return store.document(key);
    }
  }

  record Checkpoints(CheckpointStore store, Kill kill) implements CheckpointStore {

    @Override
    public boolean replace(
        Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next) {
      return kill.around(() -> store.replace(destination, flow, expected, next));
    }

    @Override
    public Optional<Checkpoint> load(Destination destination, Flow flow) {
      return store.load(destination, flow);
    }

    @Override
    public void remove(Destination destination, Flow flow) {
      store.remove(destination, flow);
    }

    @Override
    public Lease acquire(Destination destination, String runId, Instant until) {
      return store.acquire(destination, runId, until);
    }

    @Override
    public void release(Destination destination, String runId) {
      store.release(destination, runId);
    }

    @Override
    public Optional<FailureStreak> attempts(Destination destination, Flow flow) {
      return store.attempts(destination, flow);
    }

    @Override
    public void save(Destination destination, Flow flow, FailureStreak attempts) {
      store.save(destination, flow, attempts);
    }
  }
}
