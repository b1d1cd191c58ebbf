package dev.sluice.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Which of the combinations of a check run: every one, or a sample that has every value of every
 * dimension and, for a connector of few tables, every pair of values.
 *
 * <p>{@code -Dsluice.tests=all} runs every one; {@code -Dsluice.seed=N} takes the sample of that
 * seed. Without a seed each test run takes another one, and prints it.
 */
public record Sampling(long seed, Extent extent) {
  private static final String SEED = "sluice.seed";
  private static final int SEEDS = 1_000_000;
  private static final int FEW_TABLES = 3;

  /** How much runs. */
  public enum Extent {
    EVERY_CASE,
    EVERY_PAIR,
    EVERY_VALUE
  }

  /**
   * Takes what the system properties say for a connector of so many tables. Each of many tables has
   * a sample of its own, so together they have about every pair.
   */
  public static Sampling chosen(int tables) {
    return new Sampling(chosenSeed(), chosenExtent(tables));
  }

  private static Extent chosenExtent(int tables) {
    if (System.getProperty("sluice.tests", "").equals("all")) {
      return Extent.EVERY_CASE;
    }
    return tables > FEW_TABLES ? Extent.EVERY_VALUE : Extent.EVERY_PAIR;
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
      case EVERY_PAIR -> every(Case::pairs, cases, random(name));
      case EVERY_VALUE -> every(Case::values, cases, random(name));
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

  /** The simplest case, then again and again one of those that have the most parts not yet had. */
  private static List<Case> every(
      Function<Case, Set<Case.Pair>> parts, List<Case> cases, Random random) {
    if (cases.isEmpty()) {
      return cases;
    }
    List<Case> shuffled = new ArrayList<>(cases);
    Collections.shuffle(shuffled, random);
    List<Set<Case.Pair>> partsOf = shuffled.stream().map(parts).toList();
    Set<Case.Pair> missing = new HashSet<>();
    partsOf.forEach(missing::addAll);
    List<Case> chosen = new ArrayList<>();
    int next = shuffled.indexOf(cases.getFirst());
    do {
      chosen.add(shuffled.get(next));
      missing.removeAll(partsOf.get(next));
      next = richest(partsOf, missing);
    } while (!missing.isEmpty());
    return chosen.stream().sorted(Case.BY_COMPLEXITY).toList();
  }

  private static int richest(List<Set<Case.Pair>> partsOf, Set<Case.Pair> missing) {
    int richest = 0;
    long most = -1;
    for (int i = 0; i < partsOf.size(); i++) {
      long had = partsOf.get(i).stream().filter(missing::contains).count();
      if (had > most) {
        richest = i;
        most = had;
      }
    }
    return richest;
  }
}
