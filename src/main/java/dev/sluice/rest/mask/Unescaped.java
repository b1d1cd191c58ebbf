package dev.sluice.rest.mask;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with escapes of URLs, JSON, JavaScript and HTML replaced by what they stand for. It knows
 * which part of the original text each of its characters comes from.
 */
final class Unescaped {
  private static final Pattern ESCAPE =
      Pattern.compile(
          "%u(?<wide>[0-9a-fA-F]{4})|%(?<octet>[0-9a-fA-F]{2})|\\\\u(?<unit>[0-9a-fA-F]{4})"
              + "|\\\\x(?<byte>[0-9a-fA-F]{2})|\\\\(?<control>[bfnrtv0])|\\\\(?<self>.)"
              + "|&#[xX](?<hex>[0-9a-fA-F]{1,6});|&#(?<decimal>[0-9]{1,7});|&[a-zA-Z0-9]{2,8};",
          Pattern.DOTALL);
  private static final String[] HEXADECIMAL = {"wide", "octet", "unit", "byte", "hex"};
  private static final char OTHER = ' ';

  private final String text;
  private final int[] from;
  private final int[] to;

  private Unescaped(String text, int[] from, int[] to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** Returns a text as it is. */
  static Unescaped of(String text) {
    var from = new int[text.length()];
    Arrays.setAll(from, i -> i);
    var to = new int[text.length()];
    Arrays.setAll(to, i -> i + 1);
    return new Unescaped(text, from, to);
  }

  /** Returns the text with one layer of escapes removed; the same text when it has none. */
  Unescaped next() {
    Matcher escape = ESCAPE.matcher(text);
    if (!escape.find()) {
      return this;
    }
    var plain = new StringBuilder(text.length());
    var plainFrom = new int[text.length()];
    var plainTo = new int[text.length()];
    int end = 0;
    do {
      for (; end < escape.start(); end++) {
        plainFrom[plain.length()] = from[end];
        plainTo[plain.length()] = to[end];
        plain.append(text.charAt(end));
      }
      end = escape.end();
      plainFrom[plain.length()] = from[escape.start()];
      plainTo[plain.length()] = to[end - 1];
      plain.append(character(escape));
    } while (escape.find());
    for (; end < text.length(); end++) {
      plainFrom[plain.length()] = from[end];
      plainTo[plain.length()] = to[end];
      plain.append(text.charAt(end));
    }
    return new Unescaped(plain.toString(), plainFrom, plainTo);
  }

  /**
   * Returns what an escape stands for; a blank when that is neither an ASCII letter nor a digit.
   */
  private static char character(Matcher escape) {
    for (String group : HEXADECIMAL) {
      if (escape.group(group) != null) {
        return ascii(Integer.parseInt(escape.group(group), 16));
      }
    }
    if (escape.group("decimal") != null) {
      return ascii(Integer.parseInt(escape.group("decimal")));
    }
    return escape.group("self") != null ? escape.group("self").charAt(0) : OTHER;
  }

  /** An escape may itself be escaped, so punctuation is kept. */
  private static char ascii(int code) {
    return code > ' ' && code < 0x7F ? (char) code : OTHER;
  }

  int length() {
    return text.length();
  }

  char charAt(int index) {
    return text.charAt(index);
  }

  /** Returns where a character begins in the original text. */
  int from(int index) {
    return from[index];
  }

  /** Returns where a character ends in the original text. */
  int to(int index) {
    return to[index];
  }
}
