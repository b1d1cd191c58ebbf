package dev.sluice.runtime;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Deadline;
import java.time.Duration;

/** The time an invocation may read: until its deadline, less what the last commit takes. */
record Budget(Deadline deadline, Duration commitReserve, Cancellation cancellation) {
  private static final int RESERVED_PART = 10;
  private static final int DELETES_PART = 8;
  private static final Duration MOST_RESERVED = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Keeps a tenth of the invocation for the last commit, and 10 seconds at most. */
  static Budget of(ConnectorContext context, Cancellation cancellation) {
    var part =
        Duration.between(context.startedAt(), context.deadline().end()).dividedBy(RESERVED_PART);
    var reserve = part.compareTo(MOST_RESERVED) < 0 ? part : MOST_RESERVED;
    return new Budget(context.deadline(), reserve, cancellation);
  }

  /** Returns the budget of a table's data, which leaves a share of the time to its deletes. */
  Budget beforeDeletes() {
    return new Budget(deadline, commitReserve.plus(left().dividedBy(DELETES_PART)), cancellation);
  }

  boolean isSpent() {
    return cancellation.isRequested() || !deadline.allows(commitReserve);
  }

  /**
   * Tells whether a read that was told to stop has had its time to come to an end: a second after a
   * request to stop, or, where something of it can be kept, half of what is reserved for the
   * commit.
   *
   * @param leftWhenStopped the time up to the deadline when it was told
   * @param keepsSomething whether its microbatch has a mark
   */
  boolean isOverdue(Duration leftWhenStopped, boolean keepsSomething) {
    Duration since = leftWhenStopped.minus(deadline.remaining());
    return cancellation.isRequested()
        ? since.compareTo(GRACE) >= 0
        : keepsSomething && !deadline.allows(commitReserve.dividedBy(2));
  }

  Duration left() {
    var left = deadline.remaining().minus(commitReserve);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
