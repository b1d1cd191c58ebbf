package dev.sluice.rest.strategy;

import java.util.List;

/** The bound on fingerprints in an offset. */
final class Names {

  /** About 40 KB. */
  private static final int MOST = 2_800;

  private Names() {}

  /** Returns the last of them, in the order of their list, as many as an offset may hold. */
  static List<String> last(List<String> names) {
    return names.subList(Math.max(0, names.size() - MOST), names.size()).stream().sorted().toList();
  }
}
