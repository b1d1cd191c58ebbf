package dev.sluice.runtime.lake;

import java.util.Optional;

/**
 * The generation of a table that readers read.
 *
 * @param content what a snapshot consists of; absent where a generation grows
 */
public record PublishedGeneration(int generation, Optional<SnapshotDigest> content) {

  public static PublishedGeneration of(int generation) {
    return new PublishedGeneration(generation, Optional.empty());
  }

  public static PublishedGeneration of(int generation, SnapshotDigest content) {
    return new PublishedGeneration(generation, Optional.of(content));
  }

  public boolean hasContent(SnapshotDigest other) {
    return content.equals(Optional.of(other));
  }
}
