package dev.sluice.testkit;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A combination of what a check varies: a choice of each dimension, in the grid's order. */
record Case(List<Choice<?>> choices) {

  /** From simple to complex: first by how many choices are not the simplest, then by how far. */
  static final Comparator<Case> BY_COMPLEXITY =
      Comparator.<Case>comparingLong(Case::unusual).thenComparingInt(Case::distance);

  Case {
    choices = List.copyOf(choices);
  }

  private long unusual() {
    return choices.stream().filter(choice -> choice.rank() > 0).count();
  }

  private int distance() {
    return choices.stream().mapToInt(Choice::rank).sum();
  }

  /** Returns the value that a dimension of the grid has here. */
  <T> T of(Dimension<T> dimension) {
    for (Choice<?> choice : choices) {
      if (choice.dimension().equals(dimension)) {
        @SuppressWarnings("unchecked") // a dimension's choices have values of its type
        T value = (T) choice.value();
        return value;
      }
    }
    throw new IllegalArgumentException("The check does not vary '" + dimension.name() + "'");
  }

  Set<Trait> traits() {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    choices.forEach(choice -> traits.addAll(choice.traits()));
    return traits;
  }

  /** Two choices by their dimensions and ranks; the same one twice for a choice by itself. */
  record Pair(int dimension, int rank, int otherDimension, int otherRank) {}

  Set<Pair> values() {
    return pairs().stream()
        .filter(pair -> pair.dimension() == pair.otherDimension())
        .collect(Collectors.toSet());
  }

  Set<Pair> pairs() {
    Set<Pair> pairs = new HashSet<>();
    for (int i = 0; i < choices.size(); i++) {
      for (int j = i; j < choices.size(); j++) {
        pairs.add(new Pair(i, choices.get(i).rank(), j, choices.get(j).rank()));
      }
    }
    return pairs;
  }

  @Override
  public String toString() {
    return choices.stream().map(Choice::toString).collect(Collectors.joining(", "));
  }
}
