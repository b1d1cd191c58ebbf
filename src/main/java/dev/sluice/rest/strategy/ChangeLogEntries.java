package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.Optional;

/** Reads the entries of a {@link ChangeLog}. */
@ConnectorApi
public interface ChangeLogEntries {

  /** Returns when the change happened; empty where the source does not say. */
  Optional<Instant> time(SourceRecord entry);

  /**
   * Returns the tombstone of a delete; empty for any other entry.
   *
   * @param at when it happened, or the time of the entry before it where the source does not say
   */
  Optional<SourceRecord> tombstone(SourceRecord entry, Instant at);

  /** Identifies the entry. */
  String name(SourceRecord entry);
}
