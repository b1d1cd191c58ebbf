package dev.sluice.proof.failpoint;

/** What a run finds. */
enum Beginning {
  /** Nothing, and the source as it was. */
  EMPTY,

  /** All of the source as it was, and the source has changed since then. */
  FILLED
}
