package dev.sluice.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class Spelling {
  private final List<String> known;

  private Spelling(List<String> known) {
    this.known = known;
  }

  public static Spelling of(Collection<String> known) {
    return new Spelling(known.stream().sorted().toList());
  }

  /** Returns the end of a message about an unknown name: the nearest known one, or all of them. */
  public String hint(String name) {
    if (known.isEmpty()) {
      return "there are none here";
    }
    return nearest(name)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> "known are " + String.join(", ", known));
  }

  Optional<String> nearest(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int tolerance = wanted.length() < 4 ? 1 : wanted.length() < 8 ? 2 : 3;
    return known.stream()
        .filter(candidate -> distance(wanted, candidate) <= tolerance)
        .min(Comparator.comparingInt(candidate -> distance(wanted, candidate)));
  }

  /**
   * Counts the insertions, deletions and replacements between two texts; very different lengths
   * count as far apart.
   */
  private static int distance(String one, String other) {
    if (Math.abs(one.length() - other.length()) > 4) {
      return Integer.MAX_VALUE;
    }
    String candidate = other.toLowerCase(Locale.ROOT);
    int[] row = new int[candidate.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[row.length - 1];
  }
}
