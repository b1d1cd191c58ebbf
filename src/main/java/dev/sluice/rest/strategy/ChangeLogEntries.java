package dev.sluice.rest.strategy;

import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.Optional;

/** How the entries of a {@link ChangeLog} are read. */
public interface ChangeLogEntries {

  /** When the change happened; empty where the source does not say. */
  Optional<Instant> time(SourceRecord entry);

  /**
   * The record that tells of a deletion; empty for an entry that tells of something else.
   *
   * @param at when it happened, or the time of the entry before it where the source does not say
   */
  Optional<SourceRecord> tombstone(SourceRecord entry, Instant at);

  /** Tells the entry from all others. */
  String name(SourceRecord entry);
}
