package dev.sluice.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a scan over a record has seen of some of its fields, so that nobody looks for them again.
 * Filled by the scan, and not changed after it.
 */
public final class ExtractedFields {
  static final ExtractedFields NONE = new ExtractedFields(List.of());

  private final List<String> paths;
  private final @Nullable String[] texts;
  private final boolean[] present;
  private boolean onOneLine;

  /** Of these fields, by the dotted paths that lead to them. */
  public ExtractedFields(List<String> paths) {
    this.paths = paths;
    this.texts = new String[paths.size()];
    this.present = new boolean[paths.size()];
  }

  /**
   * Notes that a field is there; of duplicates the first counts.
   *
   * @param index of its path
   * @param text of a scalar; empty for null, an object or an array
   * @return whether it is the first
   */
  public boolean note(int index, Optional<String> text) {
    if (present[index]) {
      return false;
    }
    present[index] = true;
    texts[index] = text.orElse(null);
    return true;
  }

  boolean know(String path) {
    return paths.contains(path);
  }

  Optional<String> text(String path) {
    return Optional.ofNullable(texts[paths.indexOf(path)]);
  }

  /** Whether it is known that there are no fields of these names, which are no paths. */
  boolean lackAll(Collection<String> fields) {
    for (String field : fields) {
      int index = field.indexOf('.') < 0 ? paths.indexOf(field) : -1;
      if (index < 0 || present[index]) {
        return false;
      }
    }
    return true;
  }

  /** Notes that there is no line break in the record. */
  public void noteOnOneLine() {
    onOneLine = true;
  }

  boolean isOnOneLine() {
    return onOneLine;
  }
}
