package dev.sluice.runtime;

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

  SnapshotGenerations(Lake lake, Destination destination, int keep) {
    this.lake = lake;
    this.destination = destination;
    this.keep = keep;
  }

  @Override
  public void found(Optional<Publication> current) {}

  /** A new snapshot, as nobody knows whether the newest is complete. */
  @Override
  public Checkpoint recover(int newest) {
    return Checkpoint.beginningOf(newest + 1);
  }

  @Override
  public void committed(Checkpoint at) {}

  /**
   * Shows a sealed generation, unless it brings nothing new.
   *
   * @return the generation that readers read now
   */
  int show(int generation, Content content) {
    var current = lake.current(destination);
    boolean isNews =
        current.isEmpty()
            || (current.get().generation() < generation && !current.get().hasContent(content));
    if (isNews) {
      lake.publish(destination, Publication.of(generation, content));
    }
    return lake.current(destination).orElseThrow().generation();
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
    var current = lake.current(destination).map(Publication::generation);
    List<Integer> all = log.generations();
    all.stream()
        .filter(each -> each < building)
        .filter(
            each -> current.map(newest -> each > newest).orElseGet(() -> !isComplete(log, each)))
        .forEach(log::remove);
    List<Integer> shown = all.stream().filter(each -> each <= current.orElse(0)).toList();
    shown.subList(0, Math.max(0, shown.size() - keep)).forEach(log::remove);
  }

  private static boolean isComplete(BatchLog log, int generation) {
    return log.last(generation).filter(CommittedBatch::isSeal).isPresent();
  }
}
