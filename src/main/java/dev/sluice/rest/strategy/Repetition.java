package dev.sluice.rest.strategy;

/** What becomes of a lookback that holds more records than an offset can remember. */
public enum Repetition {
  /** When something in it is new, it is delivered again as a whole: for tables with a key. */
  ALLOWED,
  /** It is not looked at: for append tables. */
  NEVER
}
