package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.FailureStreak;
import dev.sluice.runtime.checkpoint.FencedException;
import dev.sluice.runtime.report.Ending;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableError;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Optional;

/**
 * The policy that says what a failure means for a flow, and notices a microbatch that keeps failing
 * the same way. The count is in the checkpoint store, across invocations.
 */
final class FailurePolicy {
  private static final int STUCK = 3;
  private static final int LONGEST = 200;

  private final FlowContext context;
  private final List<String> helping;

  /**
   * @param helping the table's options that make a read smaller or slower
   */
  FailurePolicy(FlowContext context, List<String> helping) {
    this.context = context;
    this.helping = helping;
  }

  /**
   * Says how a failed flow ends.
   *
   * @param at the position of the flow
   */
  Ending end(Throwable failure, Checkpoint at) {
    return switch (failure) {
      case FencedException fenced -> Ending.of(Outcome.BUSY, TableError.of(fenced));
      case ConnectorException limited when limited.resumeAt().isPresent() ->
          new Ending(Outcome.RATE_LIMITED, limited.resumeAt(), Optional.of(TableError.of(limited)));
      default -> counted(failure, at);
    };
  }

  private Ending counted(Throwable failure, Checkpoint at) {
    TableError error = TableError.of(failure);
    if (error.kind() == TableError.Kind.TRANSIENT
        && context.budget().cancellation().isRequested()) {
      return Ending.of(Outcome.OUT_OF_TIME, error); // it says nothing about the source
    }
    return switch (error.kind()) {
      // The operator knows what to do, and the next microbatch would fail as well.
      case CONFIGURATION, ACCESS_DENIED -> Ending.of(Outcome.FAILED, error);
      case TRANSIENT, PROTOCOL, INTERNAL, FATAL -> {
        int count = count(error, at);
        if (count >= STUCK) {
          yield Ending.of(Outcome.FAILED, stuck(error, count, at));
        }
        boolean outOfTime = error.kind() == TableError.Kind.TRANSIENT && context.budget().isSpent();
        yield Ending.of(outOfTime ? Outcome.OUT_OF_TIME : Outcome.FAILED, error);
      }
    };
  }

  private TableError stuck(TableError error, int count, Checkpoint at) {
    return new TableError(
        error.kind(),
        "Stuck: the microbatch after number %d of generation %d failed the same way %d times in a row: %s. Other values of %s may help; './sluice state reset' reads the table again from its beginning"
            .formatted(
                at.sequence(),
                at.generation(),
                count,
                error.message(),
                helping.isEmpty() ? "its options" : String.join(", ", helping)));
  }

  private int count(TableError error, Checkpoint at) {
    try {
      var streak = FailureStreak.more(load(), at, fingerprint(error));
      save(streak);
      return streak.count();
    } catch (RuntimeException e) {
      warnNotCounted(e);
      return 1;
    }
  }

  private Optional<FailureStreak> load() {
    return context.checkpoints().attempts(context.destination(), context.flow());
  }

  private void save(FailureStreak streak) {
    context.checkpoints().save(context.destination(), context.flow(), streak);
  }

  private void warnNotCounted(RuntimeException failure) {
    context.warn("Failures of %s are not counted: %s".formatted(context.destination(), failure));
  }

  /** Returns the error without what differs from one time to the next. */
  private static String fingerprint(TableError error) {
    String text = error.kind() + " " + error.message().replaceAll("[0-9]+", "#");
    return text.substring(0, Math.min(text.length(), LONGEST));
  }

  /** Ends a row of failures: the flow succeeded, and the next failure counts as the first. */
  void forget(Checkpoint at) {
    try {
      if (load().filter(streak -> streak.count() > 0).isPresent()) {
        save(new FailureStreak(at, "", 0));
      }
    } catch (RuntimeException e) {
      warnNotCounted(e);
    }
  }
}
