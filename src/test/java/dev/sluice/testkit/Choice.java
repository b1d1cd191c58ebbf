package dev.sluice.testkit;

import java.util.Set;

/**
 * A value of a dimension.
 *
 * @param rank where it stands among the values of its dimension, 0 for the simplest
 */
record Choice<T>(Dimension<T> dimension, T value, int rank) {

  Set<Trait> traits() {
    return dimension.traits().apply(value);
  }

  @Override
  public String toString() {
    return dimension.words().apply(value);
  }
}
