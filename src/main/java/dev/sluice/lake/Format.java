package dev.sluice.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.stream.Stream;

/** Turns records into the bytes of an object. */
public interface Format {

  /** Returns the end of the names of objects, dot included: {@code .jsonl.zst}. */
  String extension();

  /**
   * Finds the format of objects whose names have this end: the preferred one, or another that is
   * known.
   */
  static Optional<Format> of(String extension, Format preferred) {
    return Stream.concat(
            Stream.of(preferred), Stream.of(Compression.values()).<Format>map(JsonLines::new))
        .filter(format -> format.extension().equals(extension))
        .findFirst();
  }

  /** Copies the first records of an object that is written; closes {@code out}. */
  void copy(InputStream object, long records, OutputStream out) throws IOException;

  /** Begins an object; closing the writer closes {@code out}. */
  RecordWriter writer(OutputStream out) throws IOException;
}
