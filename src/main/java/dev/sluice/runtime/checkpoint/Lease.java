package dev.sluice.runtime.checkpoint;

import java.time.Instant;
import java.util.Optional;

/** The answer to an invocation that asks for the right to a table. */
public sealed interface Lease {

  /** The table is ours. */
  record Held() implements Lease {}

  /**
   * Another run holds the table.
   *
   * @param at where its data stands, as far as that can be told; saves whoever was refused to ask
   */
  record Taken(String holder, Instant until, Optional<Checkpoint> at) implements Lease {}
}
