package dev.sluice.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A source's table: what it holds now, and every version of a record that it ever held. */
final class SourceLedger {

  /**
   * A record as it was from one change to the next.
   *
   * @param at its timestamp, by which it is read
   * @param born the number of the change that made it
   */
  record Version(int id, int number, Instant at, long born, String line) {
    static final Comparator<Version> BY_TIME =
        Comparator.comparing(Version::at).thenComparingInt(Version::id);

    String name() {
      return id + "." + number;
    }
  }

  private final Map<Integer, Version> living = new TreeMap<>();
  private final List<Version> tombstones = new ArrayList<>();
  private final Map<Integer, Integer> numbers = new HashMap<>();

  /** The lines of versions that are no longer, and the change that replaced them. */
  private final Map<String, Long> past = new HashMap<>();

  private final Set<Instant> times = new HashSet<>();
  private long changes;

  /** Adds a record, or another version of one. */
  void put(int id, Instant at) {
    Version next = next(id, at, "{\"id\":%d,\"version\":%d,\"at\":\"%s\"}");
    bury(id);
    living.put(id, next);
    times.add(at);
  }

  void delete(int id, Instant at) {
    tombstones.add(next(id, at, "{\"id\":%d,\"deleted\":%d,\"at\":\"%s\"}"));
    bury(id);
    living.remove(id);
  }

  private Version next(int id, Instant at, String format) {
    changes++;
    int number = numbers.merge(id, 1, Integer::sum);
    return new Version(id, number, at, changes, format.formatted(id, number, at));
  }

  private void bury(int id) {
    if (living.containsKey(id)) {
      past.put(living.get(id).line(), changes);
    }
  }

  long changes() {
    return changes;
  }

  boolean hasAt(Instant at) {
    return times.contains(at);
  }

  List<Version> living() {
    return List.copyOf(living.values());
  }

  List<Version> tombstones() {
    return List.copyOf(tombstones);
  }

  /** Whether a record looked so at any time. */
  boolean knows(String line) {
    return past.containsKey(line) || livesAs(line);
  }

  private boolean livesAs(String line) {
    return living.values().stream().anyMatch(version -> version.line().equals(line));
  }

  /** Whether a record looked so at any time after a change. */
  boolean knowsSince(long change, String line) {
    return past.getOrDefault(line, -1L) > change || livesAs(line);
  }
}
