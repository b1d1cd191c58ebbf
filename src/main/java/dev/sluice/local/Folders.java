package dev.sluice.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Creates folders whose entries survive a power failure. */
final class Folders {

  private Folders() {}

  /** Returns the folder that an entry is in. */
  static Path of(Path entry) {
    Path parent = entry.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("Not an entry of a folder: " + entry);
    }
    return parent;
  }

  /** Creates the missing folders of the path, durably. */
  static void create(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.getParent();
    if (parent != null) {
      create(parent);
    }
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  /** Does the same as {@link #create}, with folders that only this user can read. */
  static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      create(folder);
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  /** Makes changes to entries durable: created, linked and removed ones. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException e) {
      // Windows cannot open folders, and does not need this.
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }
}
