package dev.sluice.lake;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read more than once, so that an upload can be repeated. */
public interface Payload {

  long size() throws IOException;

  /** From the first byte; the caller closes it. */
  InputStream open() throws IOException;
}
