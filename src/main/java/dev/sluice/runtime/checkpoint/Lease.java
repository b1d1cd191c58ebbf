package dev.sluice.runtime.checkpoint;

import java.time.Instant;
import java.util.Optional;

/** The response to an invocation that asks for the right to a table. */
public sealed interface Lease {

  /** Says that the table is ours. */
  record Held() implements Lease {}

  /**
   * Says that another run holds the table.
   *
   * @param at where its data is, as far as known; saves the refused run a request
   */
  record Taken(String holder, Instant until, Optional<Checkpoint> at) implements Lease {}
}
