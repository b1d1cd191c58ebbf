package dev.sluice.spi;

import java.util.Locale;

/** Says how the records of a table add up to its state. */
public enum IngestionType {
  /** Every complete read replaces the table. */
  SNAPSHOT,
  /** Records are only added; none comes twice. */
  APPEND,
  /** The latest record of a key counts. */
  CDC,
  /** Like {@link #CDC}, and a second flow tells which keys are gone. */
  CDC_WITH_DELETES;

  /** Returns the name in reports, schemas and documentation, such as {@code cdc_with_deletes}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
