package dev.sluice.runtime;

import java.util.Optional;

/**
 * The generation of a table that readers read.
 *
 * @param content what a snapshot consists of; absent where a generation grows
 */
public record Publication(int generation, Optional<Content> content) {

  static Publication of(int generation) {
    return new Publication(generation, Optional.empty());
  }

  static Publication of(int generation, Content content) {
    return new Publication(generation, Optional.of(content));
  }

  boolean hasContent(Content other) {
    return content.equals(Optional.of(other));
  }
}
