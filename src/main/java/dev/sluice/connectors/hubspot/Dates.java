package dev.sluice.connectors.hubspot;

import dev.sluice.spi.SourceRecord;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Finds out when something happened to a record. */
final class Dates {

  private Dates() {}

  /** Returns the instant in a field; that of {@code updatedAt} where the field has none. */
  static Optional<Instant> of(SourceRecord record, String field) {
    return in(record, field).or(() -> in(record, "updatedAt"));
  }

  /** Returns the instant in a field. */
  static Optional<Instant> in(SourceRecord record, String field) {
    try {
      return record.text(field).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
