package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FencedException;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.lake.LakeGenerations;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.spi.Offset;
import java.util.ArrayList;
import java.util.Optional;

/**
 * How the microbatches of one flow reach the lake exactly once, whoever else is at it.
 *
 * <p>A microbatch becomes one object under the number that follows the checkpoint, created only if
 * there is none. Ours or another's: the checkpoint then moves, by compare-and-set, to the end of
 * the object that is there. Nothing is overwritten, and nothing cleaned up after a failure.
 */
final class CommitProtocol {
  private final Destination destination;
  private final Flow flow;
  private final BatchLog log;
  private final CheckpointStore checkpoints;
  private final Lake lake;
  private final Generations generations;
  private final String runId;
  private final int leastGeneration;
  private final FlowStats tally;

  /** What compare-and-set expects to find. */
  private Optional<Checkpoint> stored = Optional.empty();

  /** The last microbatch that this run has seen; what a snapshot consists of goes on from there. */
  private Optional<CommittedBatch> last = Optional.empty();

  /**
   * @param leastGeneration the flow begins this generation when it is still in an older one
   */
  CommitProtocol(
      Destination destination,
      Flow flow,
      Lake lake,
      CheckpointStore checkpoints,
      Generations generations,
      String runId,
      int leastGeneration,
      FlowStats tally) {
    this.destination = destination;
    this.flow = flow;
    this.log = lake.log(destination, flow);
    this.checkpoints = checkpoints;
    this.lake = lake;
    this.generations = generations;
    this.runId = runId;
    this.leastGeneration = leastGeneration;
    this.tally = tally;
  }

  /**
   * Loads the checkpoint, and moves it over what is in the lake already, before anything is read.
   */
  Checkpoint open() {
    stored = checkpoints.load(destination, flow);
    tally.found(stored.orElse(Checkpoint.START));
    // After the checkpoint: should another run begin a generation in between, compare-and-set
    // tells. A lake that was looked at first would hide what that run has published.
    var inLake = LakeGenerations.of(lake, destination);
    generations.found(inLake.current());
    int newest = Math.max(inLake.newest(), leastGeneration);
    // A new table gets its checkpoint before its first object: from then on, an object without one
    // means that the checkpoint was lost.
    Checkpoint at = stored.orElse(Checkpoint.START);
    if (newest > stored.map(Checkpoint::generation).orElse(0)) {
      at = generations.recover(newest);
    } else if (generations instanceof SnapshotGenerations
        && at.sequence() > 0
        && log.length(at.generation()) < at.sequence()) {
      // Removed since then as one that nobody would read; the checkpoint is from a backup.
      at = generations.recover(Math.max(newest, at.generation()));
    }
    if (!stored.equals(Optional.of(at)) && !replace(at)) {
      return open();
    }
    if (generations instanceof SnapshotGenerations snapshot) {
      snapshot.tidy(at.generation());
    }
    return adoptWhatFollows(at);
  }

  private Checkpoint adoptWhatFollows(Checkpoint from) {
    Checkpoint at = from;
    var following = new ArrayList<CommittedBatch>();
    for (var next = find(at, 1); next.isPresent(); next = find(at, 1)) {
      following.add(next.get());
      at = next.get().checkpoint();
    }
    if (!following.isEmpty()) {
      if (!replace(at)) {
        return open();
      }
      following.forEach(tally::add);
      last = Optional.of(following.getLast());
    } else if (generations instanceof SnapshotGenerations && at.sequence() > 0) {
      last = find(at, 0);
    } else {
      last = Optional.empty();
    }
    generations.committed(at);
    return last.filter(CommittedBatch::isSeal).isPresent() ? finish() : reached(at);
  }

  private Optional<CommittedBatch> find(Checkpoint at, int ahead) {
    return log.find(at.generation(), at.sequence() + ahead);
  }

  /** Whether there is nothing to read, because the source has not changed since the last time. */
  boolean isUnchanged(Checkpoint at) {
    var end =
        generations instanceof SnapshotGenerations snapshot
            ? snapshot.unchanged(at)
            : Optional.<Checkpoint>empty();
    end.ifPresent(tally::reached);
    return end.isPresent();
  }

  /** Begins the microbatch that follows. */
  PendingBatch begin(Checkpoint at) {
    return log.begin(at.generation());
  }

  /** What the records before the next microbatch are, when this is a snapshot. */
  Optional<SnapshotDigest> content() {
    return generations instanceof SnapshotGenerations
        ? Optional.of(last.flatMap(batch -> batch.metadata().content()).orElse(SnapshotDigest.NONE))
        : Optional.empty();
  }

  /**
   * Commits what was read from {@code at} to {@code end}.
   *
   * @return where to go on: behind this microbatch, or behind those of another run
   */
  Checkpoint commit(Checkpoint at, Microbatch batch, Offset end) {
    if (batch.records() == 0) {
      return replace(at.moved(end)) ? reached(at.moved(end)) : reopen(at);
    }
    var stamp = new BatchMetadata(Kind.RECORDS, end, runId, batch.records(), batch.content());
    return advance(at, create(at, batch.spool(), stamp));
  }

  /**
   * The source has nothing more.
   *
   * @return where to go on after all, when another run has appended to the snapshot meanwhile
   */
  Optional<Checkpoint> complete(Checkpoint at) {
    return switch (generations) {
      case GrowingGenerations growing -> {
        growing.caughtUp(at);
        yield Optional.empty();
      }
      case SnapshotGenerations snapshot -> {
        try (PendingBatch empty = begin(at)) {
          var stamp = new BatchMetadata(Kind.SEAL, at.offset(), runId, 0, content());
          var there = create(at, empty, stamp);
          Checkpoint next = advance(at, there);
          yield there.isSeal() ? Optional.empty() : Optional.of(next);
        }
      }
    };
  }

  private CommittedBatch create(Checkpoint at, PendingBatch batch, BatchMetadata metadata) {
    try {
      return log.commit(at.generation(), at.sequence() + 1, batch, metadata);
    } catch (OutcomeUnknownException unknown) {
      return find(at, 1).orElseThrow(() -> unknown);
    }
  }

  private Checkpoint advance(Checkpoint at, CommittedBatch there) {
    Checkpoint next = there.checkpoint();
    if (!replace(next)) {
      return reopen(at);
    }
    tally.add(there);
    last = Optional.of(there);
    generations.committed(next);
    return there.isSeal() ? finish() : reached(next);
  }

  /** Goes on from where another run has taken the flow. */
  private Checkpoint reopen(Checkpoint at) {
    var now = checkpoints.load(destination, flow);
    if (now.isPresent() && now.get().generation() != at.generation()) {
      throw new FencedException(destination, at.generation());
    }
    return open();
  }

  /** Shows the snapshot whose seal is the last microbatch, and begins the next generation. */
  private Checkpoint finish() {
    var snapshot = (SnapshotGenerations) generations;
    CommittedBatch seal = last.orElseThrow();
    tally.reached(snapshot.show(seal, content().orElseThrow()));
    Checkpoint next = Checkpoint.beginningOf(seal.generation() + 1);
    if (!replace(next)) {
      throw new FencedException(destination, seal.generation());
    }
    last = Optional.empty();
    snapshot.tidy(next.generation());
    return next;
  }

  /** Moves the stored checkpoint; false when another run has moved it. */
  private boolean replace(Checkpoint next) {
    try {
      if (checkpoints.replace(destination, flow, stored, next)) {
        stored = Optional.of(next);
        return true;
      }
    } catch (OutcomeUnknownException unknown) {
      if (checkpoints.load(destination, flow).equals(stored)) {
        throw unknown;
      }
    }
    // A refusal may answer the repetition of a request of ours that had succeeded.
    if (checkpoints.load(destination, flow).equals(Optional.of(next))) {
      stored = Optional.of(next);
      return true;
    }
    return false;
  }

  private Checkpoint reached(Checkpoint at) {
    tally.reached(at);
    return at;
  }
}
