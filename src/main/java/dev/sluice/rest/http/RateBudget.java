package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorApi;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * The number of requests that a client sends at most within any span of time. It covers all
 * requests, or only some. A request waits until every budget that covers it has room, so that the
 * source need not refuse it.
 *
 * @param requests within {@code span}, wherever the span begins
 * @param covered which requests count
 */
@ConnectorApi
public record RateBudget(int requests, Duration span, Predicate<Request> covered) {

  public RateBudget {
    if (requests < 1 || span.toMillis() < 1) {
      throw new IllegalArgumentException(
          "At least one request in a millisecond or more: %d in %s".formatted(requests, span));
    }
  }

  public static RateBudget of(int requests, Duration span) {
    return new RateBudget(requests, span, request -> true);
  }

  /** Returns the same budget, for these requests alone. */
  public RateBudget only(Predicate<Request> covered) {
    return new RateBudget(requests, span, covered);
  }
}
