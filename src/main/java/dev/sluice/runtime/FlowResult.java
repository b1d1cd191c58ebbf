package dev.sluice.runtime;

import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.Outcome;

/** The amounts that one flow of a table has brought in this invocation, and how it ended. */
record FlowResult(FlowStats stats, Ending ending) {

  /** Returns the result of a flow that ended before the run had looked at it. */
  static FlowResult notBegun(Ending ending) {
    return new FlowResult(FlowStats.NONE, ending);
  }

  boolean isCaughtUp() {
    return ending.outcome() == Outcome.CAUGHT_UP;
  }
}
