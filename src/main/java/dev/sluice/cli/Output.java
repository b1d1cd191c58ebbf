package dev.sluice.cli;

/** The reader for whom results are written. */
enum Output {
  HUMAN,
  JSON
}
