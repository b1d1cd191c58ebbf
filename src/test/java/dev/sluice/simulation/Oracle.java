package dev.sluice.simulation;

import dev.sluice.simulation.LakeReader.View;
import dev.sluice.simulation.SourceLedger.Version;
import dev.sluice.spi.IngestionType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what readers see against what the source holds and has held. */
final class Oracle {
  private final SourceLedger ledger;
  private final IngestionType type;
  private final Map<Integer, Beginning> beginnings = new HashMap<>();
  private View last = View.NONE;

  /** Up to here, generations are removed in sight of their readers. */
  private int purged;

  private boolean purging;

  /**
   * When a generation began, at a change of the source.
   *
   * @param horizon all records up to here were to be read by whoever read from then on
   */
  private record Beginning(long change, Instant horizon) {}

  Oracle(SourceLedger ledger, IngestionType type) {
    this.ledger = ledger;
    this.type = type;
  }

  /** The data's checkpoint is in this generation. */
  void begun(int generation, Instant horizon) {
    if (purging) {
      purged = Math.max(purged, generation - 1);
    }
    beginnings.putIfAbsent(generation, new Beginning(ledger.changes(), horizon));
  }

  int shownGeneration() {
    return last.generation();
  }

  /**
   * Somebody begins a generation and removes all older ones. Of them, the empty one that is shown
   * in the meantime included, readers are promised nothing but records that the source had.
   */
  void purgeBegins() {
    purging = true;
  }

  void purgeEnds() {
    purging = false;
  }

  boolean isPurged(int generation) {
    return generation <= purged;
  }

  /** What is wrong about the step from what readers saw to what they see now. */
  Optional<String> step(View now) {
    View before = last;
    last = now;
    return firstOf(
        doubled("record", now.lines()),
        doubled("tombstone", now.tombstones()),
        unknown(now),
        before.generation() == now.generation() ? changed(before, now) : replaced(before, now));
  }

  @SafeVarargs
  private static Optional<String> firstOf(Optional<String>... complaints) {
    for (Optional<String> complaint : complaints) {
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> doubled(String what, List<String> lines) {
    var seen = new HashSet<String>();
    return lines.stream()
        .filter(line -> !seen.add(line))
        .findFirst()
        .map(line -> "A %s is there twice: %s".formatted(what, line));
  }

  private Optional<String> unknown(View now) {
    return firstOf(
        now.lines().stream()
            .filter(line -> !ledger.knows(line))
            .findFirst()
            .map(line -> "The source never had: " + line),
        now.tombstones().stream()
            .filter(line -> ledger.tombstones().stream().noneMatch(it -> it.line().equals(line)))
            .findFirst()
            .map(line -> "The source never deleted: " + line));
  }

  /** In a generation lines are only added, and only at the end. */
  private Optional<String> changed(View before, View now) {
    boolean hasGrown =
        isPrefix(before.lines(), now.lines()) && isPrefix(before.tombstones(), now.tombstones());
    return hasGrown || isPurged(now.generation())
        ? Optional.empty()
        : Optional.of("What readers saw has changed: from %s to %s".formatted(before, now));
  }

  private static boolean isPrefix(List<String> first, List<String> second) {
    return first.size() <= second.size() && second.subList(0, first.size()).equals(first);
  }

  /** A generation that takes another's place is complete. */
  private Optional<String> replaced(View before, View now) {
    if (now.generation() < before.generation()) {
      return Optional.of(
          "Readers are sent from generation %d back to %d"
              .formatted(before.generation(), now.generation()));
    }
    // One that never began is the empty one that a purge leaves.
    Optional<Beginning> began = Optional.ofNullable(beginnings.get(now.generation()));
    boolean growsInSight = type != IngestionType.SNAPSHOT && before.generation() == 0;
    if (began.isEmpty() || growsInSight || isPurged(now.generation())) {
      return Optional.empty();
    }
    return type == IngestionType.SNAPSHOT
        ? firstOf(stale(now, began.get()), incomplete(now, began.get()))
        : incomplete(now, began.get());
  }

  private Optional<String> stale(View now, Beginning began) {
    return now.lines().stream()
        .filter(line -> !ledger.knowsSince(began.change(), line))
        .findFirst()
        .map(line -> "Gone before generation %d began: %s".formatted(now.generation(), line));
  }

  private Optional<String> incomplete(View now, Beginning began) {
    return ledger.living().stream()
        .filter(version -> version.born() <= began.change())
        .filter(version -> type == IngestionType.SNAPSHOT || !version.at().isAfter(began.horizon()))
        .map(Version::line)
        .filter(line -> !now.lines().contains(line))
        .findFirst()
        .map(line -> "Generation %d is shown without %s".formatted(now.generation(), line));
  }

  /** What is wrong once the source rests and the last run has said that it caught up. */
  Optional<String> converged(View now) {
    var missing = new ArrayList<>(ledger.living().stream().map(Version::line).toList());
    missing.removeAll(now.lines());
    var undeleted = new ArrayList<>(ledger.tombstones().stream().map(Version::line).toList());
    undeleted.removeAll(now.tombstones());
    var surplus = new ArrayList<>(now.lines());
    surplus.removeAll(ledger.living().stream().map(Version::line).toList());
    return firstOf(
        complaint("never came", missing),
        type == IngestionType.CDC_WITH_DELETES
            ? complaint("were never reported as deleted", undeleted)
            : Optional.empty(),
        type == IngestionType.SNAPSHOT || type == IngestionType.APPEND
            ? complaint("should not be there any more", surplus)
            : Optional.empty());
  }

  private static Optional<String> complaint(String what, List<String> lines) {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of("%d %s: %s".formatted(lines.size(), what, lines));
  }
}
