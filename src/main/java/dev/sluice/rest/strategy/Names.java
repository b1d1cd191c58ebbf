package dev.sluice.rest.strategy;

import java.util.List;

/** The bound on fingerprints in an offset. */
final class Names {

  /** About 40 KB. */
  private static final int MOST = 2_800;

  /** So many are held whatever else an offset holds: those of a page. */
  private static final int LEAST = 1_000;

  private Names() {}

  /** Returns the last of them, in the order of their list, as many as an offset may hold. */
  static List<String> last(List<String> names) {
    return last(names, MOST);
  }

  /**
   * Returns the last of them, in the order of their list.
   *
   * @param room for so many, in an offset that holds others
   */
  static List<String> last(List<String> names, int room) {
    int most = Math.clamp(room, LEAST, MOST);
    return names.subList(Math.max(0, names.size() - most), names.size()).stream().sorted().toList();
  }
}
