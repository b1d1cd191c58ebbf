package dev.sluice.connectors.github.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.SourceRecord;
import java.util.Set;
import java.util.TreeSet;

/**
 * The commits that a walk through a history has still to meet: the parents of those that it has
 * met. It need not go on when all of them are known, because then their histories are.
 *
 * @param known those that belong to the history of the known commit, and it itself
 * @param unknown the others
 */
record Frontier(Set<String> known, Set<String> unknown) {

  /** The most commits that an offset holds; a history of more branches is read to its end. */
  private static final int MOST = 500;

  Frontier {
    known = new TreeSet<>(known);
    unknown = new TreeSet<>(unknown);
  }

  static Frontier between(String tip, String known) {
    return new Frontier(Set.of(known), Set.of(tip));
  }

  /** Takes the next commit of the walk; returns whether it is not known. */
  boolean isNew(SourceRecord commit) {
    boolean isKnown = known.remove(Commits.sha(commit));
    unknown.remove(Commits.sha(commit));
    for (JsonNode node : commit.tree().path("parents")) {
      String parent = node.path("sha").asText();
      if (isKnown) {
        known.add(parent);
        unknown.remove(parent);
      } else if (!known.contains(parent)) {
        unknown.add(parent);
      }
    }
    return !isKnown;
  }

  boolean isPassed() {
    return unknown.isEmpty();
  }

  boolean isTooWide() {
    return known.size() + unknown.size() > MOST;
  }
}
