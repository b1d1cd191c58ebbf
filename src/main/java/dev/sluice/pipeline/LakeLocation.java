package dev.sluice.pipeline;

import dev.sluice.lake.Compression;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a pipeline's records land and how they are written there.
 *
 * @param folder absolute
 */
public record LakeLocation(Path folder, Compression compression) {

  /**
   * Sees whether the folder can be made and written, and writes nothing.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when it cannot
   */
  public void requireWritable() {
    Path present = folder;
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

  /**
   * Makes the folder.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when it cannot be made
   */
  void create() {
    requireWritable();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(e.getMessage() + " cannot be made");
    }
  }

  private ConnectorException unwritable(String why) {
    return ConnectorException.configuration(
        "The destination %s cannot be written: %s".formatted(folder, why));
  }
}
