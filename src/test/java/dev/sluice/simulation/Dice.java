package dev.sluice.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/**
 * Decides by chance. How likely each fate is, is decided once for the whole run, so that some runs
 * see a fault at every turn and others never.
 */
final class Dice implements Plan {
  private static final double[] OFTEN = {0.02, 0.1, 0.3, 0.6};
  private static final double[] SELDOM = {0, 0, 0, 0.005, 0.02, 0.08};

  /** Sometimes nearly nothing works, for long enough to be noticed. */
  private static final double[] NEVER_OR_OFTEN = {0, 0, 0, 0.005, 0.02, 0.3};

  /** The clock is asked much more often than anything else. */
  private static final double AT_CLOCK = 0.1;

  private final Random random;
  private final Map<Fate, Double> likelihoods = new EnumMap<>(Fate.class);

  Dice(Random random) {
    this.random = random;
    for (Fate fate : Fate.values()) {
      double[] choices =
          switch (fate) {
            case SWITCH, LAND -> OFTEN;
            case FAIL -> NEVER_OR_OFTEN;
            case GO_ON, DELAY, LOSE_REQUEST, LOSE_REPLY, REPEAT, STRAY, KILL -> SELDOM;
          };
      likelihoods.put(fate, choices[random.nextInt(choices.length)]);
    }
    likelihoods.remove(Fate.GO_ON);
  }

  @Override
  public Fate decide(Point point) {
    double chance = random.nextDouble();
    if (point.kind() == SimulatedCall.Kind.CLOCK) {
      chance /= AT_CLOCK;
    }
    for (Fate fate : point.fates()) {
      chance -= likelihoods.getOrDefault(fate, 0.0);
      if (chance < 0 && fate != Fate.GO_ON) {
        return fate;
      }
    }
    return Fate.GO_ON;
  }
}
