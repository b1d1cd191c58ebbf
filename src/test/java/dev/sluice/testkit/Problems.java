package dev.sluice.testkit;

import java.util.List;

/** What a check has found to be wrong. */
final class Problems {
  private Problems() {}

  /** Fails with the problems, if there are any. */
  static void require(String place, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new AssertionError(place + String.join("; ", problems));
    }
  }
}
