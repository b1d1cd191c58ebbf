package dev.sluice.rest.walk;

import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of one cursor value that fill more than a page. */
sealed interface TiedGroup permits CountedTies, LinkedTies {

  /** Returns the next of them; empty at the end. */
  Optional<List<Row>> next();

  /** Returns, at the end, the cursor value behind them. */
  Optional<Instant> beyond();

  /** Returns the place up to which they are verified, after the step that has come to it. */
  Optional<Crowd> verified();

  static ConnectorException changing(int passes) {
    return ConnectorException.transientFailure(
        "The records of one cursor value kept changing while they were read, %d times in a row"
            .formatted(passes));
  }
}
