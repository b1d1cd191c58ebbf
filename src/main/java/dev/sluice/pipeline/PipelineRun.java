package dev.sluice.pipeline;

import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.CheckpointStore;
import dev.sluice.runtime.InvocationReport;
import dev.sluice.runtime.Lake;
import dev.sluice.runtime.PipelineSync;
import dev.sluice.runtime.PipelineTable;
import dev.sluice.runtime.SyncListener;
import dev.sluice.runtime.TableState;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceConnector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** One run of a pipeline: secrets looked up, time counted from here, stores opened. */
public final class PipelineRun {
  private final Pipeline pipeline;
  private final ConnectorContext context;

  private PipelineRun(Pipeline pipeline, ConnectorContext context) {
    this.pipeline = pipeline;
    this.context = context;
  }

  /**
   * Looks up the secrets. Calls no source.
   *
   * @param variables the environment of the process, for {@code ${env:...}}
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when one is missing
   */
  public static PipelineRun begin(
      Pipeline pipeline, Duration timeBudget, Map<String, String> variables, InstantSource clock) {
    var context =
        new ConnectorContext(
            pipeline.connectionOptions(variables),
            clock.instant(),
            Deadline.after(timeBudget, clock),
            clock,
            RequestListener.NONE);
    return new PipelineRun(pipeline, context);
  }

  /** The caller closes it. */
  public SourceConnector connect(RequestListener listener) {
    return pipeline.connector().create(context.with(listener));
  }

  /**
   * Brings what is new in the tables into the lake.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when the destination
   *     cannot be written
   */
  public InvocationReport sync(
      List<PipelineTable> tables, SyncListener listener, Cancellation cancellation, String runId) {
    pipeline.destination().create();
    return new PipelineSync(
            pipeline.name(),
            pipeline.connector(),
            context,
            lake(pipeline),
            checkpoints(pipeline),
            listener,
            cancellation,
            runId)
        .run(tables);
  }

  /** What is saved of the pipeline's tables; needs no secret. */
  public static TableState state(Pipeline pipeline) {
    return new TableState(lake(pipeline), checkpoints(pipeline));
  }

  private static Lake lake(Pipeline pipeline) {
    var location = pipeline.destination();
    return new ObjectStoreLake(new LocalObjectStore(location.folder()), location.compression());
  }

  private static CheckpointStore checkpoints(Pipeline pipeline) {
    return new LocalCheckpointStore(pipeline.destination().folder().resolve(".sluice"));
  }
}
