package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.FencedException;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.report.TableError;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;

/**
 * Says what a failure means for a flow, and notices a microbatch that fails the same way again and
 * again. The count lives in the checkpoint store, across invocations.
 */
final class FailurePolicy {
  private static final int STUCK = 3;
  private static final int LONGEST = 200;

  private final Destination destination;
  private final Flow flow;
  private final CheckpointStore checkpoints;
  private final FlowStats tally;
  private final Budget budget;
  private final SyncListener listener;

  FailurePolicy(
      Destination destination,
      Flow flow,
      CheckpointStore checkpoints,
      FlowStats tally,
      Budget budget,
      SyncListener listener) {
    this.destination = destination;
    this.flow = flow;
    this.checkpoints = checkpoints;
    this.tally = tally;
    this.budget = budget;
    this.listener = listener;
  }

  FlowResult end(Throwable failure) {
    return switch (failure) {
      case FencedException fenced -> FlowResult.of(Outcome.BUSY, TableError.of(fenced));
      case ConnectorException limited when limited.resumeAt().isPresent() ->
          new FlowResult(
              Outcome.RATE_LIMITED, limited.resumeAt(), Optional.of(TableError.of(limited)));
      default -> counted(failure);
    };
  }

  private FlowResult counted(Throwable failure) {
    TableError error = TableError.of(failure);
    return switch (error.kind()) {
      // The operator knows what to do, and the next microbatch would fail as well.
      case CONFIGURATION, ACCESS_DENIED -> FlowResult.of(Outcome.FAILED, error);
      case TRANSIENT, PROTOCOL, INTERNAL, FATAL -> {
        int count = count(error);
        if (count >= STUCK) {
          yield FlowResult.of(Outcome.FAILED, stuck(error, count));
        }
        boolean outOfTime = error.kind() == TableError.Kind.TRANSIENT && budget.isSpent();
        yield FlowResult.of(outOfTime ? Outcome.OUT_OF_TIME : Outcome.FAILED, error);
      }
    };
  }

  private TableError stuck(TableError error, int count) {
    return new TableError(
        error.kind(),
        "Stuck: the microbatch after number %d of generation %d failed the same way %d times in a row: %s"
            .formatted(
                tally.position().sequence(),
                tally.position().generation(),
                count,
                error.message()));
  }

  private int count(TableError error) {
    try {
      var attempts =
          FailureStreak.more(
              checkpoints.attempts(destination, flow), tally.position(), fingerprint(error));
      checkpoints.save(destination, flow, attempts);
      return attempts.count();
    } catch (RuntimeException e) {
      listener.warning("Failures of %s are not counted: %s".formatted(destination, e));
      return 1;
    }
  }

  /** The error without what differs from one time to the next. */
  private static String fingerprint(TableError error) {
    String text = error.kind() + " " + error.message().replaceAll("[0-9]+", "#");
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  /** The flow went well: what fails from now on is the first in a row. */
  void forget() {
    try {
      if (checkpoints.attempts(destination, flow).filter(some -> some.count() > 0).isPresent()) {
        checkpoints.save(destination, flow, new FailureStreak(tally.position(), "", 0));
      }
    } catch (RuntimeException e) {
      listener.warning("Failures of %s are not counted: %s".formatted(destination, e));
    }
  }
}
