package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.OutcomeUnknownException;

/** What the k-th effect on a store throws: before or after it happens. */
final class Kill {

  /** The process is gone. */
  static final class Killed extends Error {
    Killed() {
      super("killed");
    }
  }

  /** Whether the effect still happens. */
  enum Moment {
    BEFORE,
    AFTER
  }

  /** What is seen of it. */
  enum Face {
    /** Nothing happens any more from then on. */
    KILLED,
    /** The reply is lost once. */
    UNKNOWN
  }

  interface Effect<T> {
    T happen();
  }

  private final int at;
  private final Moment moment;
  private final Face face;
  private int calls;

  Kill(int at, Moment moment, Face face) {
    this.at = at;
    this.moment = moment;
    this.face = face;
  }

  static Kill never() {
    return new Kill(Integer.MAX_VALUE, Moment.BEFORE, Face.KILLED);
  }

  boolean hasHappened() {
    return calls >= at;
  }

  int calls() {
    return calls;
  }

  <T> T around(Effect<T> effect) {
    calls++;
    if (calls > at && face == Face.KILLED) {
      throw new Killed();
    }
    if (calls != at) {
      return effect.happen();
    }
    if (moment == Moment.AFTER) {
      effect.happen();
    }
    if (face == Face.KILLED) {
      throw new Killed();
    }
    throw new OutcomeUnknownException("The reply was lost", new java.io.IOException("reset"));
  }
}
