package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.CommittedBatch;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.lake.PublishedGeneration;
import java.util.Optional;

/**
 * A generation that only ends by a reset. The first is shown with its first microbatch; a later one
 * when it has caught up, so that readers never see a table that is half loaded.
 */
final class GrowingGenerations implements Generations {
  private final Lake lake;
  private final Destination destination;
  private final Flow flow;
  private int shown;

  GrowingGenerations(Lake lake, Destination destination, Flow flow) {
    this.lake = lake;
    this.destination = destination;
    this.flow = flow;
  }

  @Override
  public void found(Optional<PublishedGeneration> current) {
    shown = current.map(PublishedGeneration::generation).orElse(0);
  }

  @Override
  public Checkpoint recover(int newest) {
    return lake.log(destination, flow)
        .last(newest)
        .map(CommittedBatch::checkpoint)
        .orElse(Checkpoint.beginningOf(newest));
  }

  @Override
  public void committed(Checkpoint at) {
    if (flow == Flow.DATA && shown == 0 && at.sequence() > 0) {
      // Another run may have shown one since this flow was opened, and a reset begun this one.
      lake.publishFirst(destination, PublishedGeneration.of(at.generation()));
      found(lake.current(destination));
    }
  }

  void caughtUp(Checkpoint at) {
    show(at.generation());
  }

  private void show(int generation) {
    // The pointer is the data's; tombstones lie beside it in the same generation.
    if (flow == Flow.DATA && shown < generation) {
      lake.publish(destination, PublishedGeneration.of(generation));
      shown = generation;
    }
  }
}
