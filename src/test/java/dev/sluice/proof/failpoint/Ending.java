package dev.sluice.proof.failpoint;

/** How a run ended. */
enum Ending {
  /** All tables have caught up. */
  CAUGHT_UP,

  /** The agent halted the process. */
  HALTED,

  /** Neither. */
  FAILED
}
