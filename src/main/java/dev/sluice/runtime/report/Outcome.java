package dev.sluice.runtime.report;

/** The ways in which a table's part of an invocation can end. */
public enum Outcome {
  /** Everything up to the start of the invocation is in the lake. */
  CAUGHT_UP,
  /** The budget was spent or the run was interrupted; the next trigger continues from here. */
  OUT_OF_TIME,
  /** The source asked us to wait longer than the budget allows. */
  RATE_LIMITED,
  /** Another invocation holds the table's lease. */
  BUSY,
  /** The table could not be synced; its offset is where the last commit left it. */
  FAILED
}
