package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.lake.LakeGenerations;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.lake.SnapshotDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes each complete read a generation of its own, shown to readers as a whole. When its content
 * is that of the generation they read already, that generation is kept instead.
 */
final class SnapshotGenerations implements Generations {
  private final FlowContext context;
  private final BatchLog log;
  private final Kept kept;
  private final ChangeProbe probe;
  private SnapshotDigest content = SnapshotDigest.NONE;
  private boolean shownIsThere;

  /**
   * How long generations stay that readers were once told to read.
   *
   * @param number how many stay at least, the present one included
   * @param time for how long each stays at least after another took its place
   */
  record Kept(int number, Duration time) {}

  SnapshotGenerations(FlowContext context, Kept kept, ChangeProbe probe) {
    this.context = context;
    this.log = context.log();
    this.kept = kept;
    this.probe = probe;
  }

  @Override
  public Checkpoint open(Optional<Checkpoint> stored, LakeGenerations inLake) {
    shownIsThere = inLake.hasCurrent();
    int newest = inLake.newest();
    boolean isAhead = newest > stored.map(Checkpoint::generation).orElse(0);
    return isAhead ? recover(newest) : stored.orElse(Checkpoint.START);
  }

  /**
   * Begins a new snapshot. The checkpoint may be from a backup, and its generation was removed as
   * unread since then.
   */
  @Override
  public Checkpoint afterLoss(Checkpoint at) {
    return recover(at.generation());
  }

  /** Begins a new snapshot: nobody knows how complete the newest one is, unless it is sealed. */
  private Checkpoint recover(int newest) {
    // Anything else in it may be of a run that came too late, and may be unreadable.
    if (log.isSealed(newest)) {
      log.find(newest, log.length(newest))
          .filter(CommittedBatch::isSeal)
          .ifPresent(seal -> publish(context.lake(), context.destination(), seal));
    }
    return Checkpoint.beginningOf(newest + 1);
  }

  @Override
  public void entered(int generation) {
    content = SnapshotDigest.NONE;
    tidy(generation);
  }

  @Override
  public Optional<CommittedBatch> resume(Checkpoint at) {
    Optional<CommittedBatch> last =
        at.sequence() > 0 ? log.find(at.generation(), at.sequence()) : Optional.empty();
    last.ifPresent(this::committed);
    return last.filter(CommittedBatch::isSeal);
  }

  @Override
  public void committed(CommittedBatch batch) {
    content = contentOf(batch);
  }

  private static SnapshotDigest contentOf(CommittedBatch batch) {
    return batch.metadata().content().orElse(SnapshotDigest.NONE);
  }

  @Override
  public Optional<Checkpoint> unchanged(Checkpoint at) {
    return shownIsThere ? probe.unchanged(at) : Optional.empty();
  }

  @Override
  public Optional<SnapshotDigest> content() {
    return Optional.of(content);
  }

  @Override
  public Optional<BatchMetadata> complete(Checkpoint at) {
    return Optional.of(
        new BatchMetadata(
            Kind.SEAL,
            at.offset(),
            context.runId(),
            0,
            Optional.of(content),
            Optional.of(context.reading())));
  }

  @Override
  public Checkpoint show(CommittedBatch seal) {
    warnIfEmptied(seal);
    publish(context.lake(), context.destination(), seal);
    PublishedGeneration shown = context.lake().current(context.destination()).orElseThrow();
    var end =
        new Checkpoint(
            shown.generation(), seal.sequence(), seal.metadata().end(), seal.metadata().reading());
    if (shown.hasContent(contentOf(seal))) {
      probe.remember(seal.generation() + 1, end);
    }
    return end;
  }

  /** Warns of a list that had records and has none, as it may be one that is hidden from us. */
  private void warnIfEmptied(CommittedBatch seal) {
    if (contentOf(seal).records() > 0) {
      return;
    }
    context
        .lake()
        .current(context.destination())
        .filter(shown -> shown.content().filter(content -> content.records() > 0).isPresent())
        .ifPresent(
            shown ->
                context.warn(
                    "Table %s is empty now, and had %,d records. Generation %d still has them, as long as 'keep_generations' keeps it: check whether the credential still sees the list"
                        .formatted(
                            context.destination(),
                            shown.content().orElseThrow().records(),
                            shown.generation())));
  }

  /**
   * Shows a sealed generation, unless it brings nothing new. Whoever moves the checkpoint out of it
   * has to do this first: from then on it may be removed, and must not be shown any more.
   */
  static void publish(Lake lake, Destination destination, CommittedBatch seal) {
    SnapshotDigest content = contentOf(seal);
    var current = lake.current(destination);
    boolean isNews =
        current.isEmpty()
            || (current.get().generation() < seal.generation()
                && !(current.get().hasContent(content)
                    && isThere(lake, destination, current.get())));
    if (isNews) {
      lake.publish(destination, PublishedGeneration.of(seal.generation(), content));
    }
  }

  /** Tells whether the lake still has a generation that readers are told to read. */
  private static boolean isThere(Lake lake, Destination destination, PublishedGeneration shown) {
    return lake.log(destination, Flow.DATA).generations().contains(shown.generation());
  }

  /**
   * Removes what nobody will read: generations that were never shown, and old ones beyond the
   * number to keep whose time is over. Without a pointer, all complete ones may have been shown,
   * and stay.
   *
   * @param building the generation of the checkpoint, read before this is called: everything below
   *     it is either shown by now or never will be
   */
  private void tidy(int building) {
    var current =
        context.lake().current(context.destination()).map(PublishedGeneration::generation);
    List<Integer> all = log.generations();
    all.stream()
        .filter(each -> each < building)
        .filter(each -> current.map(newest -> each > newest).orElseGet(() -> !log.isSealed(each)))
        .forEach(log::remove);
    List<Integer> shown = all.stream().filter(each -> each <= current.orElse(0)).toList();
    for (int i = 0; i < shown.size() - kept.number() && isOver(shown.get(i + 1)); i++) {
      log.remove(shown.get(i));
    }
  }

  /** Tells whether the time is over of the generation whose place another took. */
  private boolean isOver(int successor) {
    Instant end = context.invocation().now().minus(kept.time());
    return kept.time().isZero() || log.lastWritten(successor).filter(end::isAfter).isPresent();
  }
}
