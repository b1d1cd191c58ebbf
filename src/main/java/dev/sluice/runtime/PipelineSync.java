package dev.sluice.runtime;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import java.util.List;

/** One invocation: the tables of a pipeline, one after the other, each isolated. */
public final class PipelineSync {
  private final String pipeline;
  private final ConnectorContext context;
  private final String runId;

  public PipelineSync(
      String pipeline,
      ConnectorProvider provider,
      ConnectorContext context,
      Lake lake,
      CheckpointStore checkpoints,
      SyncListener listener,
      Cancellation cancellation,
      String runId) {
    this.pipeline = pipeline;
    this.context = context;
    this.runId = runId;
  }

  /** Never throws for a table's sake: what went wrong is in the report. */
  public InvocationReport run(List<PipelineTable> tables) {
    return new InvocationReport(pipeline, runId, context.startedAt(), List.of());
  }
}
