package dev.sluice.cli;

/** For whom results are written. */
enum Output {
  HUMAN,
  JSON
}
