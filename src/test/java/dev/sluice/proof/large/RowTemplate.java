package dev.sluice.proof.large;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The JSON of a row in which each run of eight {@code #} stands for its number. */
final class RowTemplate {

  /** The first number, so that all have eight digits. */
  static final int FIRST = 10_000_000;

  private static final String PLACEHOLDER = "########";

  private final byte[] text;
  private final List<Integer> places = new ArrayList<>();

  RowTemplate(String text) {
    this.text = text.getBytes(StandardCharsets.US_ASCII);
    for (int at = text.indexOf(PLACEHOLDER); at >= 0; at = text.indexOf(PLACEHOLDER, at + 1)) {
      places.add(at);
    }
  }

  /** Returns a list of the rows from one, counted from 0, up to another that is not in it. */
  String rows(int from, int to) {
    int width = text.length + 1;
    byte[] list = new byte[Math.max(2, (to - from) * width + 1)];
    list[0] = '[';
    for (int row = from; row < to; row++) {
      int at = 1 + (row - from) * width;
      System.arraycopy(text, 0, list, at, text.length);
      list[at + text.length] = ',';
      for (int place : places) {
        write(FIRST + row, list, at + place);
      }
    }
    list[list.length - 1] = ']';
    return new String(list, StandardCharsets.US_ASCII);
  }

  private static void write(int number, byte[] list, int at) {
    int rest = number;
    for (int digit = PLACEHOLDER.length() - 1; digit >= 0; digit--) {
      list[at + digit] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
