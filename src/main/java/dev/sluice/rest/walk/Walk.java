package dev.sluice.rest.walk;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One way through a list, page by page, that loses no record while the list changes. A page number
 * means another place as soon as a record before it moves or disappears.
 */
public interface Walk {

  /** Returns the rows of the next page that this walk did not give before; empty at the end. */
  Optional<List<Row>> next();

  /**
   * Returns the place among the many records of one cursor value up to which all are given, after
   * the step that has verified it.
   */
  default Optional<Crowd> crowd() {
    return Optional.empty();
  }

  /** Returns this walk with other rows of each page. */
  default Walk with(UnaryOperator<List<Row>> change) {
    Walk whole = this;
    return new Walk() {
      @Override
      public Optional<List<Row>> next() {
        return whole.next().map(change);
      }

      @Override
      public Optional<Crowd> crowd() {
        return whole.crowd();
      }
    };
  }
}
