package dev.sluice.functions.run;

import dev.sluice.functions.log.PlatformInvocation;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The time that the platform leaves to an invocation. Used on the invocation's thread. */
public final class TimeLimit {
  private static final int RESERVED_PART = 5;
  private static final Duration MOST_RESERVED = Duration.ofSeconds(5);
  private static final Duration LAST_MOMENT = Duration.ofMillis(200);
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(10);

  /**
   * The least time for a call. The first call of a process takes about a second; less is not worth
   * a try.
   */
  private static final Duration LEAST_PATIENCE = Duration.ofSeconds(2);

  private final Optional<Supplier<Duration>> remaining;
  private final Duration reserve;

  private TimeLimit(Optional<Supplier<Duration>> remaining) {
    this.remaining = remaining;
    this.reserve =
        remaining
            .map(left -> shorter(left.get().dividedBy(RESERVED_PART), MOST_RESERVED))
            .orElse(Duration.ZERO);
  }

  /** Returns the limit of the invocation that has just begun; none where no platform sets one. */
  public static TimeLimit ofInvocation() {
    return new TimeLimit(PlatformInvocation.current().map(PlatformInvocation::remaining));
  }

  /**
   * Returns how long a run may take: the time that its pipeline wants, or its share of what is left
   * if that is less. A fifth of the invocation, 5 seconds at most, is kept for resumptions and the
   * response.
   *
   * @param runs how many runs share the time that is left, this one included
   */
  public Duration budget(Duration wanted, int runs) {
    return remaining
        .map(left -> left.get().minus(reserve))
        .map(left -> left.isNegative() ? Duration.ZERO : left.dividedBy(runs))
        .map(left -> shorter(left, wanted))
        .orElse(wanted);
  }

  /** Returns how long a call to the platform's services may take now. */
  public Duration patience() {
    var left =
        remaining
            .map(time -> shorter(time.get().minus(LAST_MOMENT), MOST_PATIENCE))
            .orElse(MOST_PATIENCE);
    return left.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : left;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
