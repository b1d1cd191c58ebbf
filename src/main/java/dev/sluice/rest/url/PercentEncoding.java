package dev.sluice.rest.url;

import java.nio.charset.StandardCharsets;

/** An encoder of text as a part of a URL (RFC 3986). */
public final class PercentEncoding {
  private static final String HEX = "0123456789ABCDEF";

  private PercentEncoding() {}

  /** Returns the template with its placeholders replaced by the encoded segments, in order. */
  public static String fill(String template, String... segments) {
    var path = new StringBuilder(template.length() + 16 * segments.length);
    int used = 0;
    int from = 0;
    for (int open; (open = template.indexOf('{', from)) >= 0; ) {
      int close = template.indexOf('}', open);
      if (close < 0 || used == segments.length) {
        throw mismatch(template, segments.length);
      }
      path.append(template, from, open).append(segment(segments[used++]));
      from = close + 1;
    }
    if (used != segments.length) {
      throw mismatch(template, segments.length);
    }
    return path.append(template, from, template.length()).toString();
  }

  private static IllegalArgumentException mismatch(String template, int segments) {
    return new IllegalArgumentException(
        "The placeholders of '%s' do not match its %d segments".formatted(template, segments));
  }

  /** Returns a path segment; refuses one that would go up the path ('.' or '..') or disappear. */
  private static String segment(String text) {
    if (text.isEmpty() || text.equals(".") || text.equals("..")) {
      throw new IllegalArgumentException("'" + text + "' cannot be a segment of a path");
    }
    return encode(text);
  }

  /** Escapes every character but letters, digits, {@code -}, {@code .}, {@code _}, {@code ~}. */
  public static String encode(String text) {
    return encode(text, "");
  }

  /** Escapes every byte except the unreserved characters and those to keep. */
  public static String encode(String text, String kept) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    var encoded = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (isUnreserved(b) || (b > 0 && kept.indexOf(b) >= 0)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
      }
    }
    return encoded.toString();
  }

  private static boolean isUnreserved(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }
}
