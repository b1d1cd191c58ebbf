package dev.sluice.testkit;

import java.time.Duration;
import java.util.List;

/** How far back a table is read: not at all, as far as it holds records, or as it is by itself. */
enum Lookback {
  ABSENT("no lookback", Duration.ZERO),
  ZERO("lookback 0", Duration.ZERO),
  LARGE("large lookback", Duration.ofDays(10));

  private final String words;
  private final Duration duration;

  Lookback(String words, Duration duration) {
    this.words = words;
    this.duration = duration;
  }

  /** Lists those that a table can have, the simplest first. */
  static List<Lookback> of(StandInTable table) {
    return switch (table.lookback()) {
      case Ability.Yes() -> List.of(ZERO, LARGE);
      case Ability.No(String reason) -> List.of(ABSENT);
    };
  }

  Duration duration() {
    return duration;
  }

  @Override
  public String toString() {
    return words;
  }
}
