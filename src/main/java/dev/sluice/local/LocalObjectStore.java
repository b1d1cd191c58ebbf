package dev.sluice.local;

import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.StoredObject;
import dev.sluice.local.TemporaryFile.Linker;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps objects as files below a folder; all other files are in its {@code .sluice}.
 *
 * <p>An object is written to a temporary file, made durable, and then linked to its name, which
 * fails when there is one: a create-if-absent that holds between processes and when a process is
 * killed at any moment. May be used from any thread.
 */
public final class LocalObjectStore implements ObjectStore {
  private static final String PRIVATE = ".sluice";

  /** The number of looks at a file that changes: it may be removed and created again meanwhile. */
  private static final int MOST_LOOKS = 5;

  private final Path root;
  private final TemporaryFiles temporaryFiles;
  private final Sidecars sidecars;
  private final LockFile documents;

  /**
   * Keeps removals and creations apart. That one of two creations wins depends on it only where
   * there are no hard links.
   */
  private final LockFile removals;

  public LocalObjectStore(Path root) {
    this(root, InstantSource.system(), Linker.HARD);
  }

  LocalObjectStore(Path root, InstantSource clock, Linker linker) {
    this.root = root.toAbsolutePath().normalize();
    Path state = this.root.resolve(PRIVATE);
    this.temporaryFiles = new TemporaryFiles(state.resolve("tmp"), clock, linker);
    this.sidecars = new Sidecars(state.resolve("metadata"), temporaryFiles);
    this.documents = new LockFile(state.resolve("documents.lock"));
    this.removals = new LockFile(state.resolve("objects.lock"));
  }

  @Override
  public StoredObject createIfAbsent(String key, Payload payload, Map<String, String> metadata) {
    ObjectStore.requireMetadata(metadata);
    Optional<StoredObject> before = find(key);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      makePrivateFolder();
      try (TemporaryFile file = temporaryFiles.create();
          InputStream in = payload.open()) {
        String hash = Hashing.copy(in, file.out());
        Optional<StoredObject> there =
            removals.whileHeld(
                () -> {
                  sidecars.createIfAbsent(key, hash, metadata);
                  return file.linkTo(path(key)) ? object(key, hash) : find(key);
                });
        return there.orElseThrow();
      }
    } catch (IOException e) {
      throw failed("create", key, e);
    }
  }

  @Override
  public Optional<StoredObject> find(String key) {
    Path target = path(key);
    try {
      String hash = hash(target);
      for (int look = 0; look < MOST_LOOKS; look++) {
        Optional<StoredObject> object = object(key, hash);
        if (object.isPresent()) {
          return object;
        }
        String before = hash;
        hash = hash(target);
        if (hash.equals(before)) {
          break;
        }
      }
      throw ConnectorException.configuration(
          "Object %s has no metadata in %s: it was changed or put there by something else, or the metadata was lost. Restore it, or begin again with 'state reset'"
              .formatted(key, root.resolve(PRIVATE)));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", key, e);
    }
  }

  /** Returns an object, given the hash of its content. */
  private Optional<StoredObject> object(String key, String hash) throws IOException {
    Optional<Map<String, String>> metadata = sidecars.read(key, hash);
    return metadata.isPresent()
        ? Optional.of(new StoredObject(key, Files.size(path(key)), metadata.get()))
        : Optional.empty();
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Hashing.of(in);
    }
  }

  @Override
  public InputStream read(String key) throws IOException {
    return Files.newInputStream(path(key));
  }

  @Override
  public List<String> list(String prefix, String after) {
    int cut = prefix.lastIndexOf('/') + 1;
    String folder = prefix.substring(0, cut);
    String name = prefix.substring(cut);
    var keys = new ArrayList<String>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            cut == 0 ? root : path(folder.substring(0, cut - 1)),
            entry -> isListed(entry.getFileName().toString(), name, folder, after))) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry)) {
          keys.add(folder + entry.getFileName());
        } else if (!entry.getFileName().toString().equals(PRIVATE) && hasEntries(entry)) {
          keys.add(folder + entry.getFileName() + "/");
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failed("list", prefix, e);
    }
    return keys.stream().sorted().toList();
  }

  private static boolean isListed(String entry, String start, String folder, String after) {
    return entry.startsWith(start) && (folder + entry).compareTo(after) > 0;
  }

  @Override
  public Map<String, Instant> writtenAt(String prefix) {
    var times = new HashMap<String, Instant>();
    for (String key : list(prefix)) {
      try {
        times.put(key, Files.getLastModifiedTime(path(key)).toInstant());
      } catch (NoSuchFileException e) {
        // It was removed meanwhile.
      } catch (IOException e) {
        throw failed("look at", key, e);
      }
    }
    return times;
  }

  private static boolean hasEntries(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      return entries.iterator().hasNext();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return false;
    }
  }

  @Override
  public Optional<Document> document(String key) {
    try {
      String text = Files.readString(path(key));
      return Optional.of(new Document(text, Sha256.of(text)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", key, e);
    }
  }

  @Override
  public boolean replace(String key, Optional<String> expectedVersion, String text) {
    try {
      makePrivateFolder();
      return documents.whileHeld(
          () -> {
            if (!document(key).map(Document::version).equals(expectedVersion)) {
              return false;
            }
            try (TemporaryFile file = temporaryFiles.create()) {
              file.write(text);
              file.moveTo(path(key));
            }
            return true;
          });
    } catch (IOException e) {
      throw failed("replace", key, e);
    }
  }

  @Override
  public void delete(List<String> keys) {
    for (String key : keys) {
      try {
        makePrivateFolder();
        removals.whileHeld(() -> delete(key, path(key)));
      } catch (IOException e) {
        throw failed("delete", key, e);
      }
    }
  }

  /** Deletes the object, then its metadata, then the folder when it is empty. */
  private boolean delete(String key, Path target) throws IOException {
    if (!Files.exists(target)) {
      return false;
    }
    String hash = hash(target);
    Files.delete(target);
    sidecars.delete(key, hash);
    Path folder = Folders.of(target);
    if (!hasEntries(folder)) {
      Files.delete(folder);
      folder = Folders.of(folder);
    }
    Folders.sync(folder);
    return true;
  }

  private void makePrivateFolder() throws IOException {
    Folders.createPrivate(root.resolve(PRIVATE));
  }

  private Path path(String key) {
    return root.resolve(ObjectStore.requireKey(key));
  }

  private UncheckedIOException failed(String action, String key, IOException cause) {
    return new UncheckedIOException(
        "Cannot %s %s in %s: %s".formatted(action, key, root, cause.getMessage()), cause);
  }
}
