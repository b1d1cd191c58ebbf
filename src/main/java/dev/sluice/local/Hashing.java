package dev.sluice.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Names contents, in hexadecimal: different contents have different names. */
final class Hashing {
  private static final HexFormat HEX = HexFormat.of();

  private Hashing() {}

  /**
   * Returns the name of contents that may be large: length, CRC-32 and Adler-32. They tell apart
   * what runs write, not forgeries; a hash that could would cost more than all other work on a
   * file.
   */
  static String of(InputStream in) throws IOException {
    return copy(in, OutputStream.nullOutputStream());
  }

  /** Copies all bytes and returns {@linkplain #of(InputStream) their name}. */
  static String copy(InputStream in, OutputStream out) throws IOException {
    var crc = new CRC32();
    var adler = new Adler32();
    long length = new CheckedInputStream(new CheckedInputStream(in, crc), adler).transferTo(out);
    return HEX.toHexDigits(length)
        + HEX.toHexDigits((int) crc.getValue())
        + HEX.toHexDigits((int) adler.getValue());
  }
}
