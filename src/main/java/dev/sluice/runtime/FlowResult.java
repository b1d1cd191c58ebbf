package dev.sluice.runtime;

import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableError;
import java.time.Instant;
import java.util.Optional;

/** How one flow of a table ended. */
record FlowResult(Outcome outcome, Optional<Instant> resumeAt, Optional<TableError> error) {

  static FlowResult of(Outcome outcome) {
    return new FlowResult(outcome, Optional.empty(), Optional.empty());
  }

  static FlowResult of(Outcome outcome, TableError error) {
    return new FlowResult(outcome, Optional.empty(), Optional.of(error));
  }

  static FlowResult failed(Throwable failure) {
    return of(Outcome.FAILED, TableError.of(failure));
  }
}
