package dev.sluice.lake;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** How records become the bytes of an object. */
public interface Format {

  /** What the names of objects end in, dot included: {@code .jsonl.zst}. */
  String extension();

  /** The format of objects whose names end so: the preferred one, or another that is known. */
  static Optional<Format> of(String extension, Format preferred) {
    return Stream.concat(
            Stream.of(preferred), Stream.of(Compression.values()).<Format>map(JsonLines::new))
        .filter(format -> format.extension().equals(extension))
        .findFirst();
  }

  /** Begins an object; closing the writer closes {@code out}. */
  RecordWriter writer(OutputStream out) throws IOException;
}
