package dev.sluice.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How often each fate met each kind of call, and how often each branch was taken. */
final class Sometimes {
  private final Map<SimulatedCall.Kind, Map<Fate, Long>> fates =
      new EnumMap<>(SimulatedCall.Kind.class);
  private final Map<Branch, Long> branches = new EnumMap<>(Branch.class);

  void count(SimulatedCall.Kind kind, Fate fate) {
    fates.computeIfAbsent(kind, unused -> new EnumMap<>(Fate.class)).merge(fate, 1L, Long::sum);
  }

  void count(Branch branch) {
    branches.merge(branch, 1L, Long::sum);
  }

  void add(Sometimes other) {
    other.branches.forEach((branch, count) -> branches.merge(branch, count, Long::sum));
    other.fates.forEach(
        (kind, counts) ->
            counts.forEach(
                (fate, count) ->
                    fates
                        .computeIfAbsent(kind, unused -> new EnumMap<>(Fate.class))
                        .merge(fate, count, Long::sum)));
  }

  long of(Branch branch) {
    return branches.getOrDefault(branch, 0L);
  }

  /** What could have happened and never did. */
  List<String> never() {
    var never = new ArrayList<String>();
    for (SimulatedCall.Kind kind : SimulatedCall.Kind.values()) {
      for (Fate fate : kind.fates()) {
        if (!fates.getOrDefault(kind, Map.of()).containsKey(fate)) {
          never.add(kind + " " + fate.name());
        }
      }
    }
    for (Branch branch : Branch.values()) {
      if (of(branch) == 0) {
        never.add(branch.name());
      }
    }
    return never;
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    fates.forEach(
        (kind, counts) ->
            counts.forEach(
                (fate, count) ->
                    text.append("%,12d  %s %s%n".formatted(count, kind, fate.name()))));
    for (Branch branch : Branch.values()) {
      text.append("%,12d  %s%n".formatted(of(branch), branch));
    }
    return text.toString();
  }
}
