package dev.sluice.local;

import dev.sluice.lake.OffsetObjects;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Keeps checkpoints and leases as small files, in a folder for each table. May be used from any
 * thread, and by many processes at once.
 */
public final class LocalCheckpointStore implements CheckpointStore {
  private final Path root;
  private final OffsetObjects offsets;
  private final InstantSource clock;
  private final TemporaryFiles temporaryFiles;

  /** Opens a store that keeps large offsets itself. */
  public LocalCheckpointStore(Path root) {
    this(root, InstantSource.system());
  }

  public LocalCheckpointStore(Path root, InstantSource clock) {
    this(root, new OffsetObjects(new LocalObjectStore(root)), clock);
  }

  /**
   * @param offsets where offsets go that are larger than 4 KB
   */
  public LocalCheckpointStore(Path root, OffsetObjects offsets, InstantSource clock) {
    this.root = root.toAbsolutePath().normalize();
    this.offsets = offsets;
    this.clock = clock;
    this.temporaryFiles = new TemporaryFiles(this.root.resolve("tmp"), clock);
  }

  @Override
  public Optional<Checkpoint> load(Destination destination, Flow flow) {
    Path file = file(destination, flow, ".json");
    try {
      return read(file).map(form(destination, flow)::read);
    } catch (ConnectorException e) {
      throw e.at(file.toString());
    }
  }

  @Override
  public boolean replace(
      Destination destination, Flow flow, Optional<Checkpoint> expected, Checkpoint next) {
    return exclusively(
        destination,
        () -> {
          if (!load(destination, flow).equals(expected)) {
            return false;
          }
          write(file(destination, flow, ".json"), form(destination, flow).write(next));
          return true;
        });
  }

  @Override
  public void remove(Destination destination, Flow flow) {
    exclusively(destination, () -> Files.deleteIfExists(file(destination, flow, ".json")));
  }

  @Override
  public Lease acquire(Destination destination, String runId, Instant until) {
    return exclusively(
        destination,
        () -> {
          Optional<LeaseFile> before = readLease(destination);
          if (before.isPresent() && before.get().isHeldAgainst(runId, clock.instant())) {
            return new Lease.Taken(
                before.get().runId(), before.get().until(), readable(destination));
          }
          write(leaseFile(destination), new LeaseFile(runId, until, ProcessId.own()).json());
          return new Lease.Held();
        });
  }

  @Override
  public void release(Destination destination, String runId) {
    exclusively(
        destination,
        () -> {
          Optional<LeaseFile> held = readLease(destination);
          if (held.filter(lease -> lease.runId().equals(runId)).isPresent()) {
            write(leaseFile(destination), held.get().endedAt(clock.instant()).json());
          }
          return true;
        });
  }

  private Optional<Checkpoint> readable(Destination destination) {
    try {
      return load(destination, Flow.DATA);
    } catch (ConnectorException e) {
      return Optional.empty();
    }
  }

  private Optional<LeaseFile> readLease(Destination destination) {
    return read(leaseFile(destination)).flatMap(LeaseFile::parse);
  }

  @Override
  public Optional<FailureStreak> attempts(Destination destination, Flow flow) {
    return read(file(destination, flow, ".attempts.json"))
        .flatMap(json -> FailureStreak.parse(json, form(destination, flow)::read));
  }

  @Override
  public void save(Destination destination, Flow flow, FailureStreak attempts) {
    exclusively(
        destination,
        () -> {
          write(
              file(destination, flow, ".attempts.json"),
              attempts.json(form(destination, flow)::write));
          return true;
        });
  }

  private CheckpointFile form(Destination destination, Flow flow) {
    return new CheckpointFile(offsets, destination, flow);
  }

  private <T> T exclusively(Destination destination, LockFile.Action<T> action) {
    try {
      Folders.createPrivate(root);
      return new LockFile(folder(destination).resolve("lock")).whileHeld(action);
    } catch (IOException e) {
      throw failed(folder(destination), e);
    }
  }

  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private void write(Path file, String text) throws IOException {
    try (TemporaryFile temporary = temporaryFiles.create()) {
      temporary.write(text + "\n");
      temporary.moveTo(file);
    }
  }

  private Path folder(Destination destination) {
    return root.resolve("tables").resolve(destination.key());
  }

  private Path file(Destination destination, Flow flow, String suffix) {
    return folder(destination).resolve(flow.folder() + suffix);
  }

  private Path leaseFile(Destination destination) {
    return folder(destination).resolve("lease.json");
  }

  private static UncheckedIOException failed(Path path, IOException cause) {
    return new UncheckedIOException(
        "Cannot use the checkpoints in %s: %s".formatted(path, cause.getMessage()), cause);
  }
}
