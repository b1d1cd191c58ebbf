package dev.sluice.functions.resume;

import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.config.FunctionSettings;
import dev.sluice.functions.config.FunctionSettings.Resuming;
import dev.sluice.functions.log.InvocationLog;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.functions.run.TimeLimit;
import dev.sluice.runtime.Cancellation;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The part of a function that asks for runs to be resumed, as often as the settings allow. Connects
 * only when there is something to ask for, because most runs end well. Used on the invocation's
 * thread.
 */
public final class Resumer implements AutoCloseable {
  private final Resuming resuming;
  private final int limit;
  private final Cancellation cancellation;
  private final Supplier<Resumptions> resumptions;
  private Optional<Resumptions> open = Optional.empty();

  private Resumer(
      Resuming resuming, int limit, Cancellation cancellation, Supplier<Resumptions> resumptions) {
    this.resuming = resuming;
    this.limit = limit;
    this.cancellation = cancellation;
    this.resumptions = resumptions;
  }

  /**
   * Returns the resumer that the environment asks for; checks all the settings that it needs.
   *
   * @param input the event that a schedule sends to this function
   */
  public static Resumer of(
      Deployment deployment, TimeLimit time, Function<Resumption, String> input) {
    var settings = new FunctionSettings(deployment.variables());
    return new Resumer(
        settings.resuming(),
        settings.resumeLimit(),
        deployment.cancellation(),
        Resumptions.of(settings, deployment, time, input));
  }

  /** Asks for the resumption; returns empty when the run will be resumed. */
  public Optional<NotResumed> resume(Resumption resumption, InvocationLog log) {
    if (resuming == Resuming.OFF || cancellation.isRequested()) {
      return Optional.of(new NotResumed.Off());
    }
    int soFar = resumption.count() - 1;
    if (soFar >= limit) {
      resumption.tables().forEach(table -> log.resumeLimitReached(table, soFar));
      return Optional.of(new NotResumed.LimitReached());
    }
    var problem = request(resumption);
    problem.ifPresent(failure -> log.warning(String.valueOf(failure.getMessage())));
    return problem.map(NotResumed.Failed::new);
  }

  /** Tells whether {@link #postpone} uses a service that delays nudges. */
  public boolean postpones() {
    return resuming == Resuming.DELAYED;
  }

  /**
   * Sends a nudge again that came before its time. Does not count it as a resumption, because it
   * costs almost nothing.
   *
   * @return why it was not sent; empty when it was
   */
  public Optional<ConnectorException> postpone(Resumption resumption) {
    return request(resumption);
  }

  private Optional<ConnectorException> request(Resumption resumption) {
    try {
      if (open.isEmpty()) {
        open = Optional.of(resumptions.get());
      }
      open.get().request(resumption);
      return Optional.empty();
    } catch (RuntimeException e) {
      String place =
          "The progress of %s is saved, but the resumption could not be requested"
              .formatted(String.join(", ", resumption.tables()));
      return Optional.of(FunctionResult.problem(e).at(place));
    }
  }

  @Override
  public void close() {
    open.ifPresent(Resumptions::close);
  }
}
