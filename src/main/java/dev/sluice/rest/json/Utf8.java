package dev.sluice.rest.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks that bytes are text in UTF-8, as strictly as readers of the lake: no overlong forms, no
 * halves of surrogate pairs. The JSON parser accepts both.
 */
final class Utf8 {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /** Returns whether the bytes are text; {@code end} is exclusive. */
  static boolean isText(byte[] bytes, int start, int end) {
    int at = start;
    while (at < end) {
      if (end - at >= Long.BYTES && ((long) EIGHT_BYTES.get(bytes, at) & HIGH_BITS) == 0) {
        at += Long.BYTES;
      } else if (bytes[at] >= 0) {
        at++;
      } else {
        int length = character(bytes, at, end);
        if (length == 0) {
          return false;
        }
        at += length;
      }
    }
    return true;
  }

  /**
   * Returns the number of bytes of the character that begins here, more than one; 0 when there is
   * none.
   */
  private static int character(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (length == 0 || end - at < length) {
      return 0;
    }
    int second = bytes[at + 1] & 0xFF;
    int least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
