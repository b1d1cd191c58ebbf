package dev.sluice.runtime.report;

import java.time.Instant;
import java.util.Optional;

/**
 * The way in which a table's part of an invocation ended.
 *
 * @param resumeAt when it makes sense to continue: the source said so, or another run's lease ends
 */
public record Ending(Outcome outcome, Optional<Instant> resumeAt, Optional<TableError> error) {

  public static Ending of(Outcome outcome) {
    return new Ending(outcome, Optional.empty(), Optional.empty());
  }

  public static Ending of(Outcome outcome, TableError error) {
    return new Ending(outcome, Optional.empty(), Optional.of(error));
  }

  public static Ending failed(Throwable failure) {
    return of(Outcome.FAILED, TableError.of(failure));
  }
}
