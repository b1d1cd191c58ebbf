package dev.sluice.local;

import dev.sluice.runtime.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.HexFormat;

/** SHA-256 of what passes by, in hexadecimal. */
final class Hashing {

  private Hashing() {}

  static String of(String text) {
    return Sha256.of(text);
  }

  static String of(InputStream in) throws IOException {
    return copy(in, OutputStream.nullOutputStream());
  }

  /** Copies all bytes and returns their hash. */
  static String copy(InputStream in, OutputStream out) throws IOException {
    var digest = Sha256.digest();
    new DigestInputStream(in, digest).transferTo(out);
    return HexFormat.of().formatHex(digest.digest());
  }
}
