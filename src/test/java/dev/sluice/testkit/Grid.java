package dev.sluice.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a check varies: its dimensions with their values, and which of these go together. */
record Grid(List<List<Choice<?>>> dimensions, Predicate<Case> allowed) {

  /** Nothing is varied: there is one case. */
  static final Grid ONE = new Grid(List.of(), any -> true);

  Grid {
    dimensions = dimensions.stream().map(List::copyOf).toList();
  }

  /** Varies one more dimension, whose values are given from simple to complex. */
  <T> Grid by(Dimension<T> dimension, List<T> values) {
    List<List<Choice<?>>> all = new ArrayList<>(dimensions);
    all.add(
        IntStream.range(0, values.size())
            .<Choice<?>>mapToObj(rank -> new Choice<>(dimension, values.get(rank), rank))
            .toList());
    return new Grid(all, allowed);
  }

  /** Leaves out combinations that cannot be or tell nothing. */
  Grid where(Predicate<Case> condition) {
    return new Grid(dimensions, allowed.and(condition));
  }

  /** Lists all combinations, from simple to complex. */
  List<Case> cases() {
    Stream<Case> cases = Stream.of(new Case(List.of()));
    for (List<Choice<?>> choices : dimensions) {
      cases = cases.flatMap(each -> choices.stream().map(choice -> with(each, choice)));
    }
    return cases.filter(allowed).sorted(Case.BY_COMPLEXITY).toList();
  }

  private static Case with(Case start, Choice<?> choice) {
    return new Case(Stream.concat(start.choices().stream(), Stream.of(choice)).toList());
  }

  /** Lists the allowed cases that differ from one in a single choice, which is simpler there. */
  List<Case> simplerThan(Case given) {
    List<Case> simpler = new ArrayList<>();
    for (int i = 0; i < dimensions.size(); i++) {
      for (Choice<?> choice : dimensions.get(i)) {
        if (choice.rank() < given.choices().get(i).rank()) {
          List<Choice<?>> choices = new ArrayList<>(given.choices());
          choices.set(i, Objects.requireNonNull(choice));
          simpler.add(new Case(choices));
        }
      }
    }
    return simpler.stream().filter(allowed).sorted(Case.BY_COMPLEXITY).toList();
  }
}
