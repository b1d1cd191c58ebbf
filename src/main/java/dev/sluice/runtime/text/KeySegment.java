package dev.sluice.runtime.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Turns a name into one segment of a key, different names into different segments. Letters, digits,
 * {@code _}, {@code -} and inner dots stay; every other byte is percent-encoded, so that a segment
 * is never empty, hidden, "." or "..", and never contains a separator.
 */
public final class KeySegment {
  private static final int LONGEST = 200;
  private static final int HEAD = 120;

  private KeySegment() {}

  public static String encode(String name) {
    byte[] bytes = utf8(name);
    var segment = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      boolean inner = i > 0 && i < bytes.length - 1;
      if (isPlain(bytes[i]) || (bytes[i] == '.' && inner)) {
        segment.append((char) bytes[i]);
      } else {
        segment.append("%%%02X".formatted(bytes[i]));
      }
    }
    // No other segment contains '~': a hash tells the rest of a long name apart.
    return segment.length() <= LONGEST
        ? segment.toString()
        : segment.substring(0, HEAD) + "~" + Sha256.of(bytes);
  }

  private static boolean isPlain(byte value) {
    return (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || (value >= '0' && value <= '9')
        || value == '_'
        || value == '-';
  }

  private static byte[] utf8(String name) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("A name has half of a surrogate pair: " + name, e);
    }
  }
}
