package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CompleteRead;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.lake.SnapshotDigest;
import java.util.List;
import java.util.Optional;

/**
 * Each complete read is a generation of its own, shown to readers as a whole: unless its content is
 * that of the generation they read already, which is then kept in its place.
 */
final class SnapshotGenerations implements Generations {
  private final Lake lake;
  private final Destination destination;
  private final int keep;
  private final Optional<ChangeProbe> unchanged;

  SnapshotGenerations(
      Lake lake, Destination destination, int keep, Optional<ChangeProbe> unchanged) {
    this.lake = lake;
    this.destination = destination;
    this.keep = keep;
    this.unchanged = unchanged;
  }

  @Override
  public void found(Optional<PublishedGeneration> current) {}

  /** A new snapshot: of the newest nobody knows how far it was, unless it is sealed. */
  @Override
  public Checkpoint recover(int newest) {
    BatchLog log = lake.log(destination, Flow.DATA);
    // Anything else in it may be of a run that came too late, and not even readable.
    if (log.isSealed(newest)) {
      log.find(newest, log.length(newest))
          .filter(CommittedBatch::isSeal)
          .ifPresent(seal -> publish(lake, destination, seal));
    }
    return Checkpoint.beginningOf(newest + 1);
  }

  @Override
  public void committed(Checkpoint at) {}

  /**
   * Shows a sealed generation, and keeps in mind how its read ended.
   *
   * @return where the data stands: the generation that readers read now, and the seal's end
   */
  Checkpoint show(CommittedBatch seal, SnapshotDigest content) {
    publish(lake, destination, seal);
    PublishedGeneration shown = lake.current(destination).orElseThrow();
    var end = new Checkpoint(shown.generation(), seal.sequence(), seal.metadata().end());
    if (unchanged.isPresent() && shown.hasContent(content)) {
      lake.keep(destination, new CompleteRead(seal.generation() + 1, unchanged.get().asked(), end));
    }
    return end;
  }

  /**
   * Shows a sealed generation, unless it brings nothing new. Whoever takes the checkpoint out of it
   * has to do this first: from then on it may be removed, and must not be shown any more.
   */
  static void publish(Lake lake, Destination destination, CommittedBatch seal) {
    SnapshotDigest content = seal.metadata().content().orElse(SnapshotDigest.NONE);
    var current = lake.current(destination);
    boolean isNews =
        current.isEmpty()
            || (current.get().generation() < seal.generation()
                && !current.get().hasContent(content));
    if (isNews) {
      lake.publish(destination, PublishedGeneration.of(seal.generation(), content));
    }
  }

  /**
   * Whether the source says that a read from here on would find what readers read now.
   *
   * @return where the data stands then; empty when it has to be read, be it for want of knowledge
   */
  Optional<Checkpoint> unchanged(Checkpoint at) {
    if (unchanged.isEmpty() || !at.equals(Checkpoint.beginningOf(at.generation()))) {
      return Optional.empty();
    }
    int shown = lake.current(destination).map(PublishedGeneration::generation).orElse(0);
    return lake.completeRead(destination)
        .filter(read -> read.following() == at.generation())
        .filter(read -> read.end().generation() == shown)
        .filter(read -> read.asked().equals(unchanged.get().asked()))
        .filter(read -> unchanged.get().since(read.end().offset()))
        .map(CompleteRead::end);
  }

  /**
   * Removes what nobody will read: generations that were never shown, and old ones beyond those to
   * keep. Without a pointer all that are complete may have been shown, and stay.
   *
   * @param building the generation of the checkpoint, read before this is called: everything below
   *     it is either shown by now or never will be
   */
  void tidy(int building) {
    BatchLog log = lake.log(destination, Flow.DATA);
    var current = lake.current(destination).map(PublishedGeneration::generation);
    List<Integer> all = log.generations();
    all.stream()
        .filter(each -> each < building)
        .filter(each -> current.map(newest -> each > newest).orElseGet(() -> !log.isSealed(each)))
        .forEach(log::remove);
    List<Integer> shown = all.stream().filter(each -> each <= current.orElse(0)).toList();
    shown.subList(0, Math.max(0, shown.size() - keep)).forEach(log::remove);
  }
}
