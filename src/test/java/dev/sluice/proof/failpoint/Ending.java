package dev.sluice.proof.failpoint;

/** How a run ended. */
enum Ending {
  /** All tables have caught up. */
  CAUGHT_UP,

  /** A table was found to be another run's by now. */
  BUSY,

  /** The agent halted the process. */
  HALTED,

  /** All tables have caught up, by fewer requests than in the straight run. */
  NOT_REACHED,

  /** Somebody killed the process. */
  KILLED,

  /** Otherwise. */
  FAILED
}
