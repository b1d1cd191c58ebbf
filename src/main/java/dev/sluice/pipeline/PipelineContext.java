package dev.sluice.pipeline;

import dev.sluice.lake.JsonLines;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.runtime.Cancellation;
import dev.sluice.runtime.PipelineSync;
import dev.sluice.runtime.TableState;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceConnector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of a pipeline. Its secrets are looked up; its time counts from its creation. */
public final class PipelineContext {
  /** The time for which a process uses a secret from AWS before it fetches it again. */
  static final Duration SECRETS_REMEMBERED = Duration.ofMinutes(5);

  /** The time that an operator's look at the state, or a removal, may take. */
  private static final Duration MAINTENANCE = Duration.ofHours(1);

  private final Pipeline pipeline;
  private final ConnectorContext context;
  private final Map<String, String> variables;

  private PipelineContext(
      Pipeline pipeline, ConnectorContext context, Map<String, String> variables) {
    this.pipeline = pipeline;
    this.context = context;
    this.variables = variables;
  }

  /**
   * Looks up the secrets. Calls no source.
   *
   * @param variables the environment of the process: for {@code ${env:...}}, and for all AWS
   *     settings
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when one is missing
   */
  public static PipelineContext begin(
      Pipeline pipeline, Duration timeBudget, Map<String, String> variables, InstantSource clock) {
    var startedAt = clock.instant();
    var deadline = Deadline.at(startedAt.plus(timeBudget), clock);
    var options = pipeline.connectionOptions(variables, startedAt.minus(SECRETS_REMEMBERED), clock);
    var context = new ConnectorContext(options, startedAt, deadline, clock, RequestListener.NONE);
    return new PipelineContext(pipeline, context, variables);
  }

  /** Creates the connector; the caller closes it. */
  public SourceConnector connect(RequestListener listener) {
    return pipeline.connector().create(context.with(listener));
  }

  /**
   * Checks whether the pipeline's tables can be stored, as far as that is possible without writing.
   *
   * @throws dev.sluice.spi.ConnectorException that says what to do when they cannot
   */
  public void checkDestination() {
    pipeline
        .destination()
        .check(pipeline.destinations(), variables, context.deadline(), context.clock());
  }

  /**
   * Brings what is new in the tables into the lake.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when the destination
   *     cannot be written
   */
  public InvocationReport sync(
      List<PipelineTable> tables, SyncListener listener, Cancellation cancellation, String runId) {
    var stores = pipeline.destination().open(variables, context.deadline(), context.clock());
    pipeline.destination().prepare(pipeline.destinations());
    return new PipelineSync(
            pipeline.name(),
            pipeline.connector(),
            context,
            lake(pipeline, stores),
            stores.checkpoints(),
            listener,
            cancellation,
            runId)
        .with(this::renewed)
        .run(tables);
  }

  /** Returns a context with the current secrets, when they differ from those at the beginning. */
  private Optional<ConnectorContext> renewed() {
    var clock = context.clock();
    Options options = pipeline.connectionOptions(variables, clock.instant(), clock);
    return options.equals(context.options())
        ? Optional.empty()
        : Optional.of(context.with(options));
  }

  /**
   * Returns the saved state of the pipeline's tables; needs no secret of the source.
   *
   * @param variables the environment of the process
   */
  public static TableState state(
      Pipeline pipeline, Map<String, String> variables, InstantSource clock) {
    var stores = pipeline.destination().open(variables, Deadline.after(MAINTENANCE, clock), clock);
    return new TableState(lake(pipeline, stores), stores.checkpoints());
  }

  private static Lake lake(Pipeline pipeline, LakeStores stores) {
    return new ObjectStoreLake(
        stores.objects(), stores.offsets(), new JsonLines(pipeline.destination().compression()));
  }
}
