package dev.sluice.proof.failpoint;

/** Where a process is, seen from a step. */
public enum Side {
  BEFORE,
  AFTER
}
