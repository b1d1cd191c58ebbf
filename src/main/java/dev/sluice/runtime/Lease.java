package dev.sluice.runtime;

import java.time.Instant;

/** The answer to an invocation that asks for the right to a table. */
public sealed interface Lease {

  /**
   * The table is ours.
   *
   * @param epoch grows with every invocation that gets the table
   */
  record Held(long epoch) implements Lease {}

  /** Another run holds the table. */
  record Taken(String holder, Instant until) implements Lease {}
}
