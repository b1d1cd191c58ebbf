package dev.sluice.runtime.lake;

import java.util.List;
import java.util.Optional;

/**
 * The committed microbatches of one flow of a table: per generation a gapless sequence from 1, of
 * which nothing is ever overwritten.
 */
public interface BatchLog {

  /** Begins to spool a microbatch of a generation; not visible before it is committed. */
  PendingBatch begin(int generation);

  Optional<CommittedBatch> find(int generation, long sequence);

  /** The last microbatch of a generation; for recovery, as it may list the whole of it. */
  Optional<CommittedBatch> last(int generation);

  /** How many microbatches of a generation follow each other without a gap, from 1. */
  long length(int generation);

  /** Whether the last microbatch of a generation is a seal; asks for nothing else about it. */
  boolean isSealed(int generation);

  /** The generations that have microbatches, ascending. */
  List<Integer> generations();

  /** Removes a generation that nobody reads and nobody writes any more. */
  void remove(int generation);
}
