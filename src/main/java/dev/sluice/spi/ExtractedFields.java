package dev.sluice.spi;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a record that a scan has already read, so that they are not searched for again. The
 * scan fills it; it does not change afterwards.
 */
public final class ExtractedFields {
  static final ExtractedFields NONE = new ExtractedFields(List.of());

  private final List<String> paths;
  private final @Nullable String[] texts;
  private final boolean[] present;
  private boolean onOneLine;

  /** Starts empty, for the fields at these dotted paths. */
  public ExtractedFields(List<String> paths) {
    this.paths = paths;
    this.texts = new String[paths.size()];
    this.present = new boolean[paths.size()];
  }

  /**
   * Notes that a field is present; of duplicates the first counts.
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

  /**
   * Returns whether the scan knows that all these fields are absent; false for a name with a dot.
   */
  boolean lackAll(Collection<String> fields) {
    for (String field : fields) {
      int index = field.indexOf('.') < 0 ? paths.indexOf(field) : -1;
      if (index < 0 || present[index]) {
        return false;
      }
    }
    return true;
  }

  /** Notes that the record has no line break. */
  public void noteOnOneLine() {
    onOneLine = true;
  }

  boolean isOnOneLine() {
    return onOneLine;
  }
}
