package dev.sluice.rest.walk;

import dev.sluice.spi.ConnectorContext;
import java.time.Duration;
import java.time.Instant;

/** Knows whether what was read since it began can be read once more in the time that is left. */
public final class RepeatBudget {
  private final ConnectorContext context;
  private final Instant begun;

  public RepeatBudget(ConnectorContext context) {
    this.context = context;
    this.begun = context.clock().instant();
  }

  /** With as much again to spare, for the pages until it is asked the next time. */
  public boolean allowsToRepeat() {
    Duration spent = Duration.between(begun, context.clock().instant());
    return context.deadline().allows(spent.multipliedBy(2));
  }
}
