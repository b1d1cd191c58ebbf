package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.ContentionException;
import dev.sluice.runtime.checkpoint.FencedException;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.LakeGenerations;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.spi.Offset;
import java.util.List;
import java.util.Optional;

/**
 * The protocol by which the microbatches of one flow reach the lake exactly once, whoever else
 * works on the flow.
 *
 * <p>A microbatch becomes one object under the number that follows the checkpoint, created only if
 * there is none. Then the checkpoint moves, by compare-and-set, to the end of the object that is
 * there, ours or another run's. Nothing is overwritten, and nothing is cleaned up after a failure.
 */
final class CommitProtocol {
  private final FlowContext context;
  private final Generations generations;
  private final BatchLog log;
  private FlowStats stats = FlowStats.NONE;
  private boolean begun;

  /** The checkpoint that compare-and-set expects to find. */
  private Optional<Checkpoint> stored;

  /**
   * @param stored the checkpoint as it was loaded at the beginning
   */
  CommitProtocol(FlowContext context, Generations generations, Optional<Checkpoint> stored) {
    this.context = context;
    this.generations = generations;
    this.log = context.log();
    this.stored = stored;
  }

  /** Returns what this run has brought so far, and the position of the flow. */
  FlowStats stats() {
    return stats;
  }

  /**
   * Moves the checkpoint past what is in the lake already, before anything is read.
   *
   * @throws ContentionException when others keep moving the checkpoint
   */
  Checkpoint open() {
    for (int attempt = 0; attempt < ContentionException.ATTEMPTS; attempt++) {
      Optional<Checkpoint> opened = tryToOpen();
      if (opened.isPresent()) {
        return opened.get();
      }
      stored = context.loadCheckpoint();
    }
    throw new ContentionException(
        "The checkpoint of %s (%s)".formatted(context.destination(), context.flow().folder()));
  }

  /** Opens the flow; empty when another run has moved the checkpoint meanwhile. */
  private Optional<Checkpoint> tryToOpen() {
    stats = stats.foundAt(stored.orElse(Checkpoint.START));
    // After the checkpoint: should another run begin a generation in between, compare-and-set
    // tells. A lake that was looked at first would hide what that run has published.
    var inLake = LakeGenerations.of(context.lake(), context.destination());
    Checkpoint at = context.inReading(generations.open(stored, inLake));
    List<Long> numbers = log.numbersFrom(at.generation(), at.sequence());
    if (!areWithoutGap(at, numbers)) {
      if (!context.loadCheckpoint().equals(stored)) {
        return Optional.empty();
      }
      at = context.inReading(generations.afterLoss(at));
      numbers = List.of();
    }
    // A new table gets its checkpoint before its first object: from then on, an object without one
    // means that the checkpoint was lost.
    if (!stored.equals(Optional.of(at)) && !replace(at)) {
      return Optional.empty();
    }
    generations.entered(at.generation());
    return adopt(at, numbers);
  }

  /**
   * Tells whether the microbatch of the checkpoint is there, and those after it follow each other.
   */
  private static boolean areWithoutGap(Checkpoint at, List<Long> numbers) {
    long first = Math.max(at.sequence(), 1);
    return numbers.isEmpty()
        ? at.sequence() == 0
        : numbers.getFirst() == first && numbers.getLast() == first + numbers.size() - 1;
  }

  /** Moves the checkpoint past what other runs have left; empty when another one was faster. */
  private Optional<Checkpoint> adopt(Checkpoint at, List<Long> numbers) {
    Optional<CommittedBatch> last =
        numbers.isEmpty() || numbers.getLast() == at.sequence()
            ? Optional.empty()
            : log.find(at.generation(), numbers.getLast());
    if (last.isEmpty()) {
      return Optional.of(generations.resume(at).map(this::finish).orElseGet(() -> reached(at)));
    }
    if (!replace(context.inReading(last.get().checkpoint()))) {
      return Optional.empty();
    }
    if (!begun) {
      // A run that was killed has left it, and no report has counted it.
      stats = stats.plus(last.get());
    }
    return Optional.of(goOnBehind(last.get()));
  }

  private Optional<CommittedBatch> findNext(Checkpoint at) {
    return log.find(at.generation(), at.sequence() + 1);
  }

  /** Tells whether there is nothing to read, because the source is still what readers read. */
  boolean isUnchanged(Checkpoint at) {
    Optional<Checkpoint> end = generations.unchanged(at);
    end.ifPresent(this::reached);
    return end.isPresent();
  }

  /** Begins the next microbatch. */
  PendingBatch begin(Checkpoint at) {
    begun = true;
    return log.begin(at.generation());
  }

  /** Returns the content before the next microbatch, when this is a snapshot. */
  Optional<SnapshotDigest> content() {
    return generations.content();
  }

  /**
   * Commits what was read from {@code at} to {@code end}.
   *
   * @return where to continue: after this microbatch, or after those of another run
   */
  Checkpoint commit(Checkpoint at, Microbatch batch, Offset end) {
    if (batch.records() == 0) {
      if (!replace(at.moved(end))) {
        return reopen(at);
      }
      removeUnusedOffsets(at);
      return reached(at.moved(end));
    }
    var metadata =
        new BatchMetadata(
            Kind.RECORDS,
            end,
            context.runId(),
            batch.records(),
            batch.content(),
            Optional.of(context.reading()));
    return advance(at, create(at, batch.spool(), metadata));
  }

  /**
   * Ends the read: the source has nothing more.
   *
   * @return where to continue after all, when another run has appended to the snapshot meanwhile
   */
  Optional<Checkpoint> complete(Checkpoint at) {
    Optional<BatchMetadata> seal = generations.complete(at);
    return seal.isPresent() ? seal(at, seal.get()) : Optional.empty();
  }

  private Optional<Checkpoint> seal(Checkpoint at, BatchMetadata seal) {
    try (PendingBatch empty = begin(at)) {
      CommittedBatch there = create(at, empty, seal);
      Checkpoint next = advance(at, there);
      return there.isSeal() ? Optional.empty() : Optional.of(next);
    }
  }

  private CommittedBatch create(Checkpoint at, PendingBatch batch, BatchMetadata metadata) {
    try {
      return log.commit(at.generation(), at.sequence() + 1, batch, metadata);
    } catch (OutcomeUnknownException unknown) {
      return findNext(at).orElseThrow(() -> unknown);
    }
  }

  private Checkpoint advance(Checkpoint at, CommittedBatch there) {
    boolean moved = replace(context.inReading(there.checkpoint()));
    if (there.metadata().runId().equals(context.runId())) {
      stats = stats.plus(there);
    }
    if (!moved) {
      return reopen(at);
    }
    removeUnusedOffsets(at);
    return goOnBehind(there);
  }

  private void removeUnusedOffsets(Checkpoint at) {
    try {
      log.removeUnusedOffsets(at.generation(), context.invocation().now());
    } catch (RuntimeException e) {
      context
          .listener()
          .warning("Old offsets of %s stay: %s".formatted(context.destination(), e.getMessage()));
    }
  }

  private Checkpoint goOnBehind(CommittedBatch last) {
    generations.committed(last);
    return last.isSeal() ? finish(last) : reached(context.inReading(last.checkpoint()));
  }

  /** Continues from where another run has moved the flow. */
  private Checkpoint reopen(Checkpoint at) {
    stored = context.loadCheckpoint();
    if (stored.isPresent() && stored.get().generation() != at.generation()) {
      throw new FencedException(context.destination(), at.generation());
    }
    return open();
  }

  /** Shows readers the snapshot that the seal ends, and begins the next generation. */
  private Checkpoint finish(CommittedBatch seal) {
    reached(generations.show(seal));
    Checkpoint next = context.inReading(Checkpoint.beginningOf(seal.generation() + 1));
    if (!replace(next)) {
      throw new FencedException(context.destination(), seal.generation());
    }
    generations.entered(next.generation());
    return next;
  }

  /** Moves the stored checkpoint; false when another run has moved it. */
  private boolean replace(Checkpoint next) {
    try {
      if (context.checkpoints().replace(context.destination(), context.flow(), stored, next)) {
        stored = Optional.of(next);
        return true;
      }
    } catch (OutcomeUnknownException unknown) {
      if (context.loadCheckpoint().equals(stored)) {
        throw unknown;
      }
    }
    // A refusal may be the response to a retry of a request of ours that had succeeded.
    if (context.loadCheckpoint().equals(Optional.of(next))) {
      stored = Optional.of(next);
      return true;
    }
    return false;
  }

  private Checkpoint reached(Checkpoint at) {
    stats = stats.reached(at);
    return at;
  }
}
