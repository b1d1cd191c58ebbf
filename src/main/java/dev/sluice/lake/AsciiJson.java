package dev.sluice.lake;

import dev.sluice.spi.Offset;

/**
 * Writes an offset as JSON of visible ASCII characters, which passes through headers and encodings
 * unchanged: spaces, other characters and halves of surrogate pairs are escaped. Compact JSON has
 * them in strings only.
 */
final class AsciiJson {

  private AsciiJson() {}

  static String of(Offset offset) {
    var ascii = new StringBuilder();
    for (char each : offset.json().toCharArray()) {
      if (each > ' ' && each <= '~') {
        ascii.append(each);
      } else {
        ascii.append("\\u%04x".formatted((int) each));
      }
    }
    return ascii.toString();
  }
}
