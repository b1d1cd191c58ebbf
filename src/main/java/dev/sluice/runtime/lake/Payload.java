package dev.sluice.runtime.lake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read more than once, so that an upload can be repeated. */
public interface Payload {

  /** Returns a payload of bytes in memory, which nobody may change any more. */
  static Payload of(byte[] bytes) {
    return new Payload() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes);
      }
    };
  }

  long size() throws IOException;

  /** Opens a stream from the first byte on; the caller closes it. */
  InputStream open() throws IOException;
}
