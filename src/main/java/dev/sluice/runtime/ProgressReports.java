package dev.sluice.runtime;

import dev.sluice.runtime.report.Progress;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector.Reached;
import java.util.Optional;
import java.util.function.Function;

/** Reports to the listener how far a flow has come, and does upkeep at the same moments. */
final class ProgressReports {
  private final FlowContext context;
  private final Function<Offset, Reached> reached;
  private final Runnable upkeep;

  /**
   * @param reached tells how far an offset of the flow reaches
   */
  ProgressReports(FlowContext context, Function<Offset, Reached> reached, Runnable upkeep) {
    this.context = context;
    this.reached = reached;
    this.upkeep = upkeep;
  }

  void committed(FlowStats stats) {
    reading(stats, 0, Optional.empty());
  }

  /**
   * Reports between pages of a microbatch.
   *
   * @param uncommitted the records that it has by now
   * @param mark the last place from which a read could go on, when that is within it
   */
  void reading(FlowStats stats, long uncommitted, Optional<Offset> mark) {
    upkeep.run();
    Offset offset = mark.orElse(stats.position().offset());
    context
        .listener()
        .progressed(
            new Progress(
                context.destination().table(),
                context.flow(),
                stats.records() + uncommitted,
                stats.batches(),
                () -> reached.apply(offset),
                context.startedAt(),
                context.budget().left()));
  }
}
