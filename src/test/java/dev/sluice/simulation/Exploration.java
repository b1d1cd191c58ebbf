package dev.sluice.simulation;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs every schedule that deviates from the straight run at no more than so many points.
 *
 * <p>The straight run is: the first actor to its end, then the second, and every call goes well.
 * What is left out does not change what can be seen. Calls to the source and the clock touch
 * nothing that is shared, and a kill at a read is the kill before the next write.
 */
final class Exploration {
  private static final Set<Fate> AT_READS = EnumSet.of(Fate.SWITCH, Fate.LAND, Fate.FAIL);
  private static final Set<Fate> AT_WRITES =
      EnumSet.of(
          Fate.SWITCH,
          Fate.FAIL,
          Fate.LOSE_REQUEST,
          Fate.LOSE_REPLY,
          Fate.REPEAT,
          Fate.STRAY,
          Fate.LAND,
          Fate.KILL);

  private final Trial trial;
  private final Set<Fate> allowed;
  private long schedules;
  private Optional<Finding> finding = Optional.empty();

  /** Something that a plan can be tried on. */
  interface Trial {

    /** What is wrong, if anything. */
    Optional<String> run(Plan plan, Transcript transcript);
  }

  /** A schedule and what is wrong about it. */
  record Finding(Script script, String violation, Transcript transcript) {}

  Exploration(Trial trial, Set<Fate> allowed) {
    this.trial = trial;
    this.allowed = allowed;
  }

  static Exploration of(Trial trial) {
    return new Exploration(trial, EnumSet.allOf(Fate.class));
  }

  long schedules() {
    return schedules;
  }

  /** The first schedule found that goes wrong, with few deviations rather than many. */
  Optional<Finding> explore(int deviations) {
    for (int most = 0; most <= deviations && finding.isEmpty(); most++) {
      explore(new Script(Map.of()), most);
    }
    return finding;
  }

  /** Every schedule with so many deviations; those with fewer have been run before. */
  private void explore(Script script, int left) {
    if (finding.isPresent()) {
      return;
    }
    var violation = trial.run(script, Transcript.none());
    if (left == 0) {
      schedules++;
      finding = violation.map(what -> found(script, what));
      return;
    }
    var points = script.points();
    for (int point = script.last() + 1; point <= points.size(); point++) {
      for (Fate fate : points.get(point - 1).fates()) {
        if (deviates(points.get(point - 1).kind(), fate)) {
          explore(script.with(point, fate), left - 1);
        }
      }
    }
  }

  private boolean deviates(SimulatedCall.Kind kind, Fate fate) {
    Set<Fate> interesting =
        kind.isWrite() ? AT_WRITES : kind == SimulatedCall.Kind.READ ? AT_READS : Set.of();
    return interesting.contains(fate) && allowed.contains(fate);
  }

  private Finding found(Script script, String violation) {
    var transcript = Transcript.written();
    trial.run(script.again(), transcript);
    return new Finding(script, violation, transcript);
  }
}
