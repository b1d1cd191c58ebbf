package dev.sluice.simulation;

import static dev.sluice.simulation.Fate.DELAY;
import static dev.sluice.simulation.Fate.FAIL;
import static dev.sluice.simulation.Fate.GO_ON;
import static dev.sluice.simulation.Fate.KILL;
import static dev.sluice.simulation.Fate.LAND;
import static dev.sluice.simulation.Fate.LOSE_REPLY;
import static dev.sluice.simulation.Fate.LOSE_REQUEST;
import static dev.sluice.simulation.Fate.REPEAT;
import static dev.sluice.simulation.Fate.STRAY;
import static dev.sluice.simulation.Fate.SWITCH;

import java.util.List;

/** A call that an actor makes to the outside. */
record SimulatedCall(Kind kind, String action, Object target) {

  /** What a call can do, and so what can become of it. */
  enum Kind {
    /** Of a store. */
    READ(GO_ON, SWITCH, DELAY, LAND, FAIL, KILL),
    /** A write whose caller is told when its outcome is unknown. */
    CONDITIONAL_WRITE(
        GO_ON, SWITCH, DELAY, LAND, FAIL, LOSE_REQUEST, LOSE_REPLY, REPEAT, STRAY, KILL),
    /** A write whose caller learns no more than that it has failed. */
    WRITE(GO_ON, SWITCH, DELAY, LAND, FAIL, LOSE_REPLY, REPEAT, STRAY, KILL),
    REQUEST_TO_SOURCE(GO_ON, SWITCH, DELAY, LAND, FAIL, KILL),
    CLOCK(GO_ON, SWITCH, DELAY),
    /** Something that happens in the world, without any store in between. */
    EVENT(GO_ON, SWITCH);

    private final List<Fate> fates;

    Kind(Fate... fates) {
      this.fates = List.of(fates);
    }

    List<Fate> fates() {
      return fates;
    }

    boolean isWrite() {
      return this == CONDITIONAL_WRITE || this == WRITE;
    }
  }

  @Override
  public String toString() {
    // Numbers of 20 digits are hard to read.
    return action + " " + target.toString().replaceAll("(?<![0-9])0{4,}(?=[0-9])", "");
  }
}
