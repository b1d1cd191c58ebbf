package dev.sluice.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** How the cursor values of a small table lie: which are equal, which are near. */
record CursorLayout(String name, Set<Trait> traits, List<RowSpec> rows) {

  /** Not a multiple of any cap or page size, more than four pages of three. */
  static final int SIZE = 13;

  private static final Instant FIRST = Instant.parse("2026-03-02T08:00:00Z");

  CursorLayout {
    traits = Set.copyOf(traits);
    rows = List.copyOf(rows);
  }

  static CursorLayout oneRecord(Duration resolution) {
    return of("one record", List.of(1), step(resolution), 5);
  }

  static CursorLayout allDistinct(Duration resolution) {
    return of("all distinct", ones(), step(resolution), 1);
  }

  static CursorLayout allEqual(Duration resolution) {
    return allEqual(resolution, SIZE);
  }

  static CursorLayout allEqual(Duration resolution, int size) {
    return of("all equal", List.of(size), step(resolution), 2);
  }

  /** Neighbours, as near as the cursor can tell apart. */
  static CursorLayout dense(Duration resolution) {
    return of("dense", ones(), resolution, 3).with(Trait.NEAR_NEIGHBOURS);
  }

  /** Runs that lie across the borders of pages of three and batches of one, two and seven. */
  static CursorLayout acrossBorders(Duration resolution) {
    return of("runs across borders", List.of(2, 4, 1, 4, 2), step(resolution), 4);
  }

  static CursorLayout seeded(Duration resolution, long seed) {
    var random = new Random(seed);
    List<Integer> runs = new ArrayList<>();
    for (int left = SIZE; left > 0; ) {
      int run = Math.min(left, 1 + random.nextInt(5));
      runs.add(run);
      left -= run;
    }
    return of("runs of " + runs + " (seed " + seed + ")", runs, step(resolution), seed);
  }

  /** From simple to complex. */
  static List<CursorLayout> all(Duration resolution) {
    return List.of(
        oneRecord(resolution),
        allDistinct(resolution),
        dense(resolution),
        allEqual(resolution),
        acrossBorders(resolution),
        seeded(resolution, 11),
        seeded(resolution, 12));
  }

  private static List<Integer> ones() {
    return Collections.nCopies(SIZE, 1);
  }

  private static Duration step(Duration resolution) {
    var minute = Duration.ofMinutes(1);
    return resolution.compareTo(minute) > 0 ? resolution : minute;
  }

  /** Keys are shuffled: their order says nothing about the order of the cursor. */
  private static CursorLayout of(String name, List<Integer> runs, Duration step, long seed) {
    int size = runs.stream().mapToInt(Integer::intValue).sum();
    List<Integer> keys = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(keys, new Random(seed));
    List<RowSpec> rows = new ArrayList<>();
    Instant cursor = FIRST;
    for (int run : runs) {
      for (int i = 0; i < run; i++) {
        rows.add(RowSpec.of(keys.get(rows.size()), cursor));
      }
      cursor = cursor.plus(step);
    }
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (size > 1) {
      traits.add(Trait.SEVERAL_RECORDS);
    }
    if (runs.size() < size) {
      traits.add(Trait.TIES);
    }
    return new CursorLayout(name, traits, rows);
  }

  private CursorLayout with(Trait trait) {
    Set<Trait> more = EnumSet.copyOf(traits);
    more.add(trait);
    return new CursorLayout(name, more, rows);
  }

  /** The first so many records. */
  CursorLayout first(int records) {
    return new CursorLayout(name, traits, rows.subList(0, records));
  }

  Instant last() {
    return rows.getLast().cursor();
  }

  /** A key that no row has. */
  int freeKey() {
    return rows.size();
  }

  @Override
  public String toString() {
    return name;
  }
}
