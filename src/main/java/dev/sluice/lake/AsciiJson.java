package dev.sluice.lake;

/**
 * Writes compact JSON in visible ASCII characters, which passes through headers and encodings
 * unchanged: spaces, other characters and halves of surrogate pairs are escaped. Compact JSON has
 * them in strings only.
 */
final class AsciiJson {

  private AsciiJson() {}

  static String of(String json) {
    var ascii = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char each = json.charAt(i);
      if (each > ' ' && each <= '~') {
        ascii.append(each);
      } else {
        ascii.append("\\u%04x".formatted((int) each));
      }
    }
    return ascii.toString();
  }
}
