package dev.sluice.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Decisions of one seed, and which of those that are to be counted were made. */
public final class Chance {
  private final Random random;
  private final List<String> happened = new ArrayList<>();

  Chance(long seed) {
    random = new Random(seed * 0x9E3779B97F4A7C15L); // neighbouring seeds begin alike otherwise
  }

  /** From 0, the bound excluded. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  public boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }

  @SafeVarargs
  public final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  public <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** One of them, which is counted. */
  public <T extends Enum<T>> T counted(T[] choices) {
    T choice = choices[below(choices.length)];
    happened.add(choice.name());
    return choice;
  }

  public long anyLong() {
    return random.nextLong();
  }

  /** A length, small ones more likely. */
  public int length(int most) {
    return below(1 + below(most + 1));
  }

  /** Any characters, halves of surrogate pairs among them. */
  public String characters(int most) {
    var text = new StringBuilder();
    for (int i = length(most); i > 0; i--) {
      int character =
          switch (below(8)) {
            case 0 -> below(0x20);
            case 1 -> below(0x10000);
            case 2 -> 0xD800 + below(0x800);
            case 3 -> "\"\\/.%\u007F\u2028\uFEFF".charAt(below(8));
            default -> ' ' + below(95);
          };
      text.append((char) character);
    }
    return text.toString();
  }

  List<String> happened() {
    return happened;
  }
}
