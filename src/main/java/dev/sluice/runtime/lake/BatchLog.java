package dev.sluice.runtime.lake;

import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The committed microbatches of one flow of a table: for each generation, a sequence from 1 without
 * gaps, of which nothing is ever overwritten.
 */
public interface BatchLog {

  /** Begins a microbatch of a generation; nobody sees it before it is committed. */
  PendingBatch begin(int generation);

  /**
   * Commits a microbatch under its number, unless there is one with this number already.
   *
   * @param batch one that this log began in the same generation
   * @return the microbatch that is there: this one, or one that was committed first
   * @throws OutcomeUnknownException when it cannot be told what is there
   */
  CommittedBatch commit(int generation, long sequence, PendingBatch batch, BatchMetadata metadata);

  /** Finds a committed microbatch by its number. */
  Optional<CommittedBatch> find(int generation, long sequence);

  /** Finds the last microbatch of a generation; for recovery, as it may list the whole of it. */
  Optional<CommittedBatch> last(int generation);

  /** Lists the numbers of a generation's microbatches that are not below this one, ascending. */
  List<Long> numbersFrom(int generation, long sequence);

  /** Counts the microbatches of a generation that follow each other without a gap, from 1. */
  long length(int generation);

  /** Tells whether the last microbatch of a generation is a seal; reads nothing else of it. */
  boolean isSealed(int generation);

  /** Tells when the last microbatch of a generation was written. */
  Optional<Instant> lastWritten(int generation);

  /** Lists the generations that have microbatches, ascending. */
  List<Integer> generations();

  /** Removes what belongs to offsets that nothing in a generation has referred to for a week. */
  void removeUnusedOffsets(int generation, Instant now);

  /** Removes a generation that nobody reads and nobody writes any more. */
  void remove(int generation);
}
