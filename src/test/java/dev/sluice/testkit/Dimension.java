package dev.sluice.testkit;

import java.util.Set;
import java.util.function.Function;

/**
 * Something that a check varies.
 *
 * @param words how a value of it is called in a report
 * @param traits what is special about a value
 */
record Dimension<T>(
    String name, Function<? super T, String> words, Function<? super T, Set<Trait>> traits) {

  static final Dimension<CursorLayout> LAYOUT =
      new Dimension<>("layout", CursorLayout::name, CursorLayout::traits);
  static final Dimension<Lookback> LOOKBACK =
      new Dimension<>("lookback", Lookback::toString, when(Lookback.LARGE::equals, Trait.LOOKBACK));
  static final Dimension<Integer> PAGE_SIZE =
      new Dimension<>(
          "page size",
          size -> size == Integer.MAX_VALUE ? "full pages" : "pages of " + size,
          when(size -> size < Integer.MAX_VALUE, Trait.SEVERAL_PAGES));
  static final Dimension<Integer> CAP =
      new Dimension<>(
          "cap",
          cap -> cap == Reader.NO_CAP ? "no cap" : "cap " + cap,
          when(cap -> cap < CursorLayout.SIZE, Trait.CAP));
  static final Dimension<Change> CHANGE =
      new Dimension<>("change", Change::toString, change -> Set.of());
  static final Dimension<FailureChecks.Outage> OUTAGE =
      new Dimension<>("outage", FailureChecks.Outage::name, outage -> Set.of());

  /** Which request of a read, as a share of them: 0 for the first. */
  static final Dimension<Moment> MOMENT =
      new Dimension<>(
          "moment",
          Moment::toString,
          when(moment -> !moment.equals(Moment.FIRST), Trait.LATER_MOMENT));

  /** How many records a table has. */
  static final Dimension<Integer> RECORDS =
      new Dimension<>(
          "records", count -> count + " records", when(count -> count > 1, Trait.SEVERAL_RECORDS));

  /** At the cursor value of which record a run begins, from 1. */
  static final Dimension<Integer> BEGUN =
      new Dimension<>("begun", record -> "begun at record " + record + " of 13", begun -> Set.of());

  private interface Test<T> {
    boolean holds(T value);
  }

  private static <T> Function<T, Set<Trait>> when(Test<T> special, Trait trait) {
    return value -> special.holds(value) ? Set.of(trait) : Set.of();
  }
}
