package dev.sluice.runtime;

import java.time.Instant;
import java.util.Optional;

/** How one flow of a table ended. */
record FlowEnd(Outcome outcome, Optional<Instant> resumeAt, Optional<TableError> error) {

  static FlowEnd of(Outcome outcome) {
    return new FlowEnd(outcome, Optional.empty(), Optional.empty());
  }

  static FlowEnd of(Outcome outcome, TableError error) {
    return new FlowEnd(outcome, Optional.empty(), Optional.of(error));
  }

  static FlowEnd failed(Throwable failure) {
    return of(Outcome.FAILED, TableError.of(failure));
  }
}
