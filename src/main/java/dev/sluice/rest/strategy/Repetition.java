package dev.sluice.rest.strategy;

/** What happens to a lookback that holds more records than an offset can remember. */
public enum Repetition {
  /** When something in it is new, all of it is delivered again: for tables with a key. */
  ALLOWED,
  /** It is not read: for append tables. */
  NEVER
}
