package dev.sluice.pipeline;

import dev.sluice.lake.Compression;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * A folder on this machine.
 *
 * @param path absolute
 */
record LakeFolder(Path path, Compression compression) implements LakeLocation {

  /**
   * Reads the path. A relative one is relative to the working directory; nothing in it is decoded.
   */
  static LakeFolder parse(Value value, Compression compression) {
    String uri = value.text();
    String path = uri.substring("file:".length());
    if (path.startsWith("//")) {
      if (!path.startsWith("///")) {
        throw value
            .place()
            .error("'%s' names a host; write file:PATH or file:///PATH".formatted(uri));
      }
      path = path.substring(2);
    }
    if (path.isBlank() || path.startsWith("~") || path.indexOf('\0') >= 0) {
      throw value
          .place()
          .error("'%s' is not a destination; write it like file:./lake".formatted(uri));
    }
    try {
      return new LakeFolder(Path.of(path).toAbsolutePath().normalize(), compression);
    } catch (InvalidPathException e) {
      throw value.place().error("'%s' is not a path here".formatted(uri), e);
    }
  }

  @Override
  public LakeStores open(Map<String, String> variables, Deadline deadline, InstantSource clock) {
    var objects = new LocalObjectStore(path);
    var offsets = new OffsetObjects(objects);
    return new LakeStores(
        objects, offsets, new LocalCheckpointStore(path.resolve(".sluice"), offsets, clock));
  }

  @Override
  public void check(
      List<Destination> tables,
      Map<String, String> variables,
      Deadline deadline,
      InstantSource clock) {
    requireWritable();
    requireOwnNames(tables);
  }

  private void requireOwnNames(List<Destination> tables) {
    for (Destination table : tables) {
      Path parent = path;
      for (String segment : table.key().split("/", -1)) {
        LakeLocation.requireOwnName(segment, names(parent), parent);
        parent = parent.resolve(segment);
      }
    }
  }

  private List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw unwritable(e.getMessage() + " cannot be listed");
    }
  }

  private void requireWritable() {
    Path present = path;
    while (!Files.exists(present) && present.getParent() != null) {
      present = present.getParent();
    }
    if (!Files.isDirectory(present)) {
      throw unwritable(present + " is not a folder");
    }
    if (!Files.isWritable(present)) {
      throw unwritable(present + " is read-only for this user");
    }
  }

  @Override
  public void prepare(List<Destination> tables) {
    requireWritable();
    requireOwnNames(tables);
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw unwritable(e.getMessage() + " cannot be made");
    }
  }

  private ConnectorException unwritable(String why) {
    return ConnectorException.configuration(
        "The destination %s cannot be written: %s".formatted(path, why));
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
