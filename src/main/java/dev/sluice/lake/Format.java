package dev.sluice.lake;

import java.io.IOException;
import java.io.OutputStream;

/** How records become the bytes of an object. */
public interface Format {

  /** What the names of objects end in, dot included: {@code .jsonl.zst}. */
  String extension();

  /** Begins an object; closing the writer closes {@code out}. */
  RecordWriter writer(OutputStream out) throws IOException;
}
