package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.LakeGenerations;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;

/**
 * A generation that only a reset ends. The first is shown with its first microbatch; a later one
 * when it has caught up, so that readers never see a half-loaded table.
 */
final class GrowingGenerations implements Generations {
  private final FlowContext context;
  private final int least;
  private int shown;

  private GrowingGenerations(FlowContext context, int least) {
    this.context = context;
    this.least = least;
  }

  static GrowingGenerations ofData(FlowContext context) {
    return new GrowingGenerations(context, 0);
  }

  /**
   * Returns the generations of the deletes, which follow the data: they begin its generation when
   * they are in an older one.
   */
  static GrowingGenerations ofDeletes(FlowContext context, int generationOfData) {
    return new GrowingGenerations(context, generationOfData);
  }

  @Override
  public Checkpoint open(Optional<Checkpoint> stored, LakeGenerations inLake) {
    found(inLake.current());
    int newest = Math.max(inLake.newest(), least);
    boolean isAhead = newest > stored.map(Checkpoint::generation).orElse(0);
    return isAhead ? recover(newest) : stored.orElse(Checkpoint.START);
  }

  private void found(Optional<PublishedGeneration> current) {
    shown = current.map(PublishedGeneration::generation).orElse(0);
  }

  private Checkpoint recover(int newest) {
    return context
        .log()
        .last(newest)
        .map(CommittedBatch::checkpoint)
        .orElse(Checkpoint.beginningOf(newest));
  }

  @Override
  public Checkpoint afterLoss(Checkpoint at) {
    throw ConnectorException.configuration(
        "The lake has lost records of table %s: its checkpoint is after microbatch %d in generation %d of its %s, and that microbatch or one next to it is not there. Restore the objects, or read everything again with 'state reset'"
            .formatted(
                context.destination(), at.sequence(), at.generation(), context.flow().folder()));
  }

  @Override
  public void entered(int generation) {}

  @Override
  public Optional<CommittedBatch> resume(Checkpoint at) {
    showFirst(at);
    return Optional.empty();
  }

  @Override
  public void committed(CommittedBatch batch) {
    showFirst(batch.checkpoint());
  }

  private void showFirst(Checkpoint at) {
    if (context.flow() == Flow.DATA && shown == 0 && at.sequence() > 0) {
      // Meanwhile another run may have shown one, and a reset may have begun this one.
      context.lake().publishFirst(context.destination(), PublishedGeneration.of(at.generation()));
      found(context.lake().current(context.destination()));
    }
  }

  @Override
  public Optional<Checkpoint> unchanged(Checkpoint at) {
    return Optional.empty();
  }

  @Override
  public Optional<SnapshotDigest> content() {
    return Optional.empty();
  }

  @Override
  public Optional<BatchMetadata> complete(Checkpoint at) {
    // The pointer is the data's; tombstones are in the same generation.
    if (context.flow() == Flow.DATA && shown < at.generation()) {
      context.lake().publish(context.destination(), PublishedGeneration.of(at.generation()));
      shown = at.generation();
    }
    return Optional.empty();
  }

  @Override
  public Checkpoint show(CommittedBatch seal) {
    throw ConnectorException.configuration(
        "Generation %d of table %s is a complete snapshot, and the table is no snapshot any more: begin again with 'state reset'"
            .formatted(seal.generation(), context.destination()));
  }
}
