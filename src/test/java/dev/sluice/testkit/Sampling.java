package dev.sluice.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

/**
 * Which of the combinations of a check run: every one, or a sample that has every value of every
 * dimension and every pair of values.
 *
 * <p>{@code -Dsluice.tests=all} runs every one; {@code -Dsluice.seed=N} takes the sample of that
 * seed. Without a seed each test run takes another one, and prints it.
 */
public record Sampling(long seed, Extent extent) {
  private static final String SEED = "sluice.seed";
  private static final int SEEDS = 1_000_000;

  /** How much runs. */
  public enum Extent {
    EVERY_CASE,
    EVERY_PAIR
  }

  /** Takes what the system properties say. */
  public static Sampling chosen() {
    return new Sampling(
        chosenSeed(),
        System.getProperty("sluice.tests", "").equals("all")
            ? Extent.EVERY_CASE
            : Extent.EVERY_PAIR);
  }

  /** The whole JVM has one seed, however many class loaders load this class. */
  private static long chosenSeed() {
    Properties properties = System.getProperties();
    synchronized (properties) {
      if (properties.getProperty(SEED) == null) {
        properties.setProperty(SEED, String.valueOf(new Random().nextInt(SEEDS)));
        System.out.printf(
            "The contract kit runs a sample of its combinations: seed %s (-D%s=%s repeats it)%n",
            properties.getProperty(SEED), SEED, properties.getProperty(SEED));
      }
      return Long.parseLong(properties.getProperty(SEED));
    }
  }

  /** Chooses cases of a grid, from simple to complex; the name tells one check from another. */
  List<Case> of(Grid grid, String name) {
    List<Case> cases = grid.cases();
    return switch (extent) {
      case EVERY_CASE -> cases;
      case EVERY_PAIR -> everyPair(cases, random(name));
    };
  }

  /** Chooses so many of a list, the first and the last among them; all of it with every case. */
  <T> List<T> some(List<T> all, int most, String name) {
    if (extent == Extent.EVERY_CASE || all.size() <= most) {
      return all;
    }
    List<T> inner = new ArrayList<>(all.subList(1, all.size() - 1));
    Collections.shuffle(inner, random(name));
    List<T> some = new ArrayList<>(inner.subList(0, most - 2));
    some.add(all.getFirst());
    some.add(all.getLast());
    some.sort((one, other) -> Integer.compare(all.indexOf(one), all.indexOf(other)));
    return some;
  }

  private Random random(String name) {
    return new Random(seed * 0x9E3779B97F4A7C15L + name.hashCode());
  }

  /** The simplest case, then again and again one of those that have the most pairs not yet had. */
  private static List<Case> everyPair(List<Case> cases, Random random) {
    if (cases.isEmpty()) {
      return cases;
    }
    List<Case> shuffled = new ArrayList<>(cases);
    Collections.shuffle(shuffled, random);
    List<Set<Case.Pair>> pairs = shuffled.stream().map(Case::pairs).toList();
    Set<Case.Pair> missing = new HashSet<>();
    pairs.forEach(missing::addAll);
    List<Case> chosen = new ArrayList<>();
    int next = shuffled.indexOf(cases.getFirst());
    do {
      chosen.add(shuffled.get(next));
      missing.removeAll(pairs.get(next));
      next = richest(pairs, missing);
    } while (!missing.isEmpty());
    return chosen.stream().sorted(Case.BY_COMPLEXITY).toList();
  }

  private static int richest(List<Set<Case.Pair>> pairs, Set<Case.Pair> missing) {
    int richest = 0;
    long most = -1;
    for (int i = 0; i < pairs.size(); i++) {
      long had = pairs.get(i).stream().filter(missing::contains).count();
      if (had > most) {
        richest = i;
        most = had;
      }
    }
    return richest;
  }
}
