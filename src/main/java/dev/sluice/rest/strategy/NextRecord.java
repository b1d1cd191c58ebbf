package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorApi;
import java.time.Instant;
import java.util.Optional;

/**
 * A question to the source for its next record, so that windows jump over a stretch without any.
 */
@ConnectorApi
@FunctionalInterface
public interface NextRecord {

  /**
   * Returns about where the next record is; empty when there is none. An instant before it costs
   * requests, and loses nothing.
   *
   * @param begin the record is dated then or later; empty for the oldest one of the source
   */
  Optional<Instant> from(Optional<Instant> begin);

  /** Returns the answer of a source that cannot be asked: windows grow until one has something. */
  static NextRecord unknown() {
    return begin -> begin.or(() -> Optional.of(Instant.EPOCH));
  }
}
