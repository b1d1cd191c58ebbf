package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubQuery.by;

import dev.sluice.connectors.github.StoredRecords.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The commits of a branch in the order in which they came to it. What is new at a request was
 * pushed at once, oldest first; a commit that is gone stays known until it is collected.
 */
final class Pushes {
  private final Set<String> pushed = new LinkedHashSet<>();
  private final Map<String, List<Item>> histories = new HashMap<>();
  private Set<String> present = Set.of();

  /** Takes notice of what the branch holds now. */
  synchronized void see(List<Item> commits) {
    List<String> shas =
        commits.stream()
            .sorted(by("/commit/committer/date"))
            .map(commit -> commit.text("/sha"))
            .toList();
    present = new LinkedHashSet<>(shas);
    pushed.addAll(shas);
    histories.computeIfAbsent(
        tip(),
        sha ->
            commits.stream()
                .sorted(
                    Comparator.comparing((Item commit) -> commit.text("/sha").equals(sha))
                        .thenComparing(by("/commit/committer/date")))
                .toList());
  }

  /** What a commit that the branch has pointed to reaches, oldest first: it never changes. */
  synchronized Optional<List<Item>> history(String sha) {
    return Optional.ofNullable(histories.get(sha));
  }

  /** The last one that is still there. */
  synchronized String tip() {
    return pushed.stream().filter(present::contains).reduce((first, last) -> last).orElseThrow();
  }

  /** A commit and all before it; empty when it is not known. */
  synchronized Optional<Set<String>> reachableFrom(String sha) {
    List<String> all = new ArrayList<>(pushed);
    int index = all.indexOf(sha);
    return index < 0
        ? Optional.empty()
        : Optional.of(new LinkedHashSet<>(all.subList(0, index + 1)));
  }

  /** Forgets commits that no branch reaches. */
  synchronized void collect() {
    pushed.retainAll(present);
    histories.keySet().retainAll(present);
  }
}
