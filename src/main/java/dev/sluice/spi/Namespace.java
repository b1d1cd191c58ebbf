package dev.sluice.spi;

import java.util.List;

/** The place of a table in its source, outermost part first. */
public record Namespace(List<String> parts) {

  public static final Namespace ROOT = new Namespace(List.of());

  public Namespace {
    parts = List.copyOf(parts);
    if (parts.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("A namespace has no blank part: " + parts);
    }
  }

  public static Namespace of(String... parts) {
    return new Namespace(List.of(parts));
  }

  /** Returns the parts with slashes between them, as in a pipeline file. */
  public String path() {
    return String.join("/", parts);
  }
}
