package dev.sluice.rest.walk;

import dev.sluice.spi.ConnectorContext;
import java.time.Duration;
import java.time.Instant;

/** Decides whether the time left allows repeating what was read since it was created. */
public final class RepeatBudget {
  private final ConnectorContext context;
  private final Instant begun;

  public RepeatBudget(ConnectorContext context) {
    this.context = context;
    this.begun = context.clock().instant();
  }

  /**
   * Returns whether twice the time spent so far is left: once to repeat, once for the pages until
   * the next question.
   */
  public boolean allowsToRepeat() {
    Duration spent = Duration.between(begun, context.clock().instant());
    return context.deadline().allows(spent.multipliedBy(2));
  }
}
