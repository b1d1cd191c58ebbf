package dev.sluice.spi;

import java.util.Locale;

/** How the records of a table add up to its state. */
public enum IngestionType {
  /** Every complete read replaces the table. */
  SNAPSHOT,
  /** Records are only ever added; none comes twice. */
  APPEND,
  /** The latest record of a key counts. */
  CDC,
  /** As {@link #CDC}, and a second flow tells which keys are gone. */
  CDC_WITH_DELETES;

  /** The name in reports, schemas and documentation: {@code cdc_with_deletes}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
