package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorApi;

/** What happens to a lookback that holds more records than an offset can remember. */
@ConnectorApi
public enum Repetition {
  /** When something in it is new, all of it is delivered again: for tables with a key. */
  ALLOWED,
  /** It is not read: for append tables. */
  NEVER
}
