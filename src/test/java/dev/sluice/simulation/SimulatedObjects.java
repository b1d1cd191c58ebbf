package dev.sluice.simulation;

import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.lake.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bucket as an actor reaches it: each call is a point where the plan decides. */
final class SimulatedObjects implements ObjectStore {
  private final MemoryObjects objects;
  private final Stage stage;
  private final Actor actor;
  private final Witness witness;

  SimulatedObjects(MemoryObjects objects, Stage stage, Actor actor, Witness witness) {
    this.objects = objects;
    this.stage = stage;
    this.actor = actor;
    this.witness = witness;
  }

  private static SimulatedCall read(String action, String key) {
    return new SimulatedCall(SimulatedCall.Kind.READ, action, key);
  }

  private static SimulatedCall write(String action, String key) {
    return new SimulatedCall(SimulatedCall.Kind.CONDITIONAL_WRITE, action, key);
  }

  @Override
  public StoredObject createIfAbsent(String key, Payload payload, Map<String, String> metadata) {
    // A request that lands late has its bytes with it.
    Payload sent = Payload.of(bytes(payload));
    return witness.creation(
        key,
        metadata,
        () ->
            stage.call(
                actor, write("create", key), () -> objects.createIfAbsent(key, sent, metadata)));
  }

  /** For broken protocols. */
  void overwrite(String key, byte[] bytes, Map<String, String> metadata) {
    stage.call(actor, write("put", key), () -> objects.overwrite(key, bytes, metadata));
  }

  private static byte[] bytes(Payload payload) {
    try (InputStream in = payload.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<StoredObject> find(String key) {
    var found = stage.call(actor, read("find", key), () -> objects.find(key));
    witness.found(key, found);
    return found;
  }

  @Override
  public InputStream read(String key) throws IOException {
    return objects.read(key);
  }

  @Override
  public List<String> list(String prefix, String after) {
    return stage.call(actor, read("list", prefix), () -> objects.list(prefix, after));
  }

  @Override
  public Map<String, Instant> writtenAt(String prefix) {
    return stage.call(actor, read("list times of", prefix), () -> objects.writtenAt(prefix));
  }

  @Override
  public Optional<Document> document(String key) {
    return stage.call(actor, read("read", key), () -> objects.document(key));
  }

  @Override
  public boolean replace(String key, Optional<String> expectedVersion, String text) {
    boolean replaced =
        stage.call(
            actor,
            new SimulatedCall(SimulatedCall.Kind.CONDITIONAL_WRITE, "replace", key),
            () -> objects.replace(key, expectedVersion, text));
    witness.replacedDocument(key, replaced);
    return replaced;
  }

  /** One object at a time: anything may come in between. */
  @Override
  public void delete(List<String> keys) {
    for (String key : keys) {
      stage.call(
          actor,
          new SimulatedCall(SimulatedCall.Kind.WRITE, "delete", key),
          () -> {
            objects.delete(List.of(key));
            return "";
          });
      witness.deleted(key);
    }
  }
}
