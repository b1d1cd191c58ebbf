package dev.sluice.runtime.report;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.SourceConnector.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The progress of a table in this invocation.
 *
 * @param as the table's name in the lake
 * @param records read so far, the uncommitted ones included
 * @param batches committed so far
 * @param reached how far the read has come; looked at only when it is shown
 */
public record Progress(
    String as,
    Flow flow,
    long records,
    long batches,
    Supplier<Reached> reached,
    Instant startedAt,
    Duration budgetLeft) {

  /** Returns how far the read is behind the start of the invocation, as far as that is known. */
  public Optional<Duration> lag() {
    return reached.get().upTo().map(upTo -> since(upTo, startedAt));
  }

  /** Returns the time from then to the start of an invocation; never negative. */
  public static Duration since(Instant then, Instant startedAt) {
    var time = Duration.between(then, startedAt);
    return time.isNegative() ? Duration.ZERO : time;
  }
}
