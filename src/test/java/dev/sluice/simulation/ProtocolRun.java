package dev.sluice.simulation;

import dev.sluice.lake.Document;
import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.simulation.SimulatedCheckpoints.Leasing;
import dev.sluice.simulation.Stage.Role;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One invocation of a {@link Protocol}, and what it may use. */
final class ProtocolRun {
  static final List<String> RECORDS = List.of("one", "two", "three");
  private static final Destination DESTINATION = new Destination("protocol", "table");
  private static final String FOLDER = "protocol/files/";
  private static final String MANIFEST = "protocol/manifest";
  private static final String END = "end";

  private final Protocol protocol;
  private final int cap;
  private final World world;
  private final Stage stage;
  private final Actor actor;
  private final SimulatedObjects objects;
  private final SimulatedCheckpoints checkpoints;
  private Optional<Checkpoint> loaded = Optional.empty();
  private int keys;

  /** Records, and the offset behind them. */
  record Batch(List<String> lines, long end) implements Payload {
    @Override
    public long size() {
      return Protocol.bytes(lines).length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(Protocol.bytes(lines));
    }
  }

  private ProtocolRun(Protocol protocol, int cap, String name, World world, Stage stage) {
    this.protocol = protocol;
    this.cap = cap;
    this.world = world;
    this.stage = stage;
    this.actor = new Actor(name);
    var witness = new Witness(world, name);
    this.objects = new SimulatedObjects(world.objects(), stage, actor, witness);
    this.checkpoints =
        new SimulatedCheckpoints(
            new MemoryCheckpoints(world.shelf(), world::now), Leasing.OFF, stage, actor, witness);
  }

  /**
   * Runs that overlap as the plan wants, one for each cap, and one that nobody disturbs.
   *
   * @return what is wrong with what readers find in the end
   */
  static Optional<String> play(Protocol protocol, List<Integer> caps, World world, Plan plan) {
    var stage = new Stage(plan, world);
    var roles = new ArrayList<Role>();
    for (int cap : caps) {
      roles.add(new ProtocolRun(protocol, cap, "cap-" + cap, world, stage).role());
    }
    stage.play(roles);
    var calm = new Stage(point -> Fate.GO_ON, world);
    var last = new ProtocolRun(protocol, 2, "last", world, calm);
    calm.play(List.of(last.role()));
    return world.violation().or(() -> Protocol.complaint(protocol.visible(last), RECORDS));
  }

  private Role role() {
    return new Role(actor, this::run);
  }

  private void run() {
    try {
      long at = protocol.start(this);
      while (at < RECORDS.size()) {
        long end = Math.min(at + cap, RECORDS.size());
        at = protocol.commit(this, at, new Batch(RECORDS.subList((int) at, (int) end), end));
      }
    } catch (ConnectorException | OutcomeUnknownException e) {
      world.transcript().remark(actor, "stops: " + e.getMessage());
    }
  }

  String uniqueKey() {
    keys++;
    return actor + "-" + keys;
  }

  long load() {
    loaded = checkpoints.load(DESTINATION, Flow.DATA);
    return loaded.map(Checkpoint::sequence).orElse(0L);
  }

  void save(long end) {
    stage.call(
        actor,
        new SimulatedCall(SimulatedCall.Kind.CONDITIONAL_WRITE, "save offset", end),
        () -> {
          world.shelf().overwrite(DESTINATION, Flow.DATA, checkpoint(end));
          return "";
        });
  }

  /** Returns the offset that is saved then, be it another run's. */
  long saveIfUnchanged(long end) {
    checkpoints.replace(DESTINATION, Flow.DATA, loaded, checkpoint(end));
    return load();
  }

  private static Checkpoint checkpoint(long end) {
    return new Checkpoint(1, end, Offset.START);
  }

  void put(String key, Batch batch) {
    objects.overwrite(FOLDER + key, Protocol.bytes(batch.lines()), Map.of());
  }

  /** Returns the end of the object that is there. */
  long create(String key, Batch batch) {
    StoredObject there =
        objects.createIfAbsent(FOLDER + key, batch, Map.of(END, Long.toString(batch.end())));
    return Long.parseLong(there.metadata().getOrDefault(END, ""));
  }

  void delete(String key) {
    objects.delete(List.of(FOLDER + key));
  }

  Optional<Document> manifest() {
    return objects.document(MANIFEST);
  }

  Optional<Document> manifestInSight() {
    return world.objects().document(MANIFEST);
  }

  boolean replaceManifest(Optional<Document> before, String text) {
    return objects.replace(MANIFEST, before.map(Document::version), text);
  }

  List<String> allLines() {
    return world.objects().list(FOLDER).stream()
        .flatMap(key -> lines(key.substring(FOLDER.length())).stream())
        .toList();
  }

  /** The records of a file; none when it is gone. */
  List<String> lines(String key) {
    if (world.objects().find(FOLDER + key).isEmpty()) {
      return List.of();
    }
    try (InputStream in = world.objects().read(FOLDER + key)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
