package dev.sluice.simulation;

import java.util.List;

/** Decides what becomes of each call. The same decisions make the same run. */
interface Plan {

  /**
   * A moment at which something is decided.
   *
   * @param fates what is possible, {@link Fate#GO_ON} first
   */
  record Point(SimulatedCall.Kind kind, List<Fate> fates) {}

  Fate decide(Point point);
}
