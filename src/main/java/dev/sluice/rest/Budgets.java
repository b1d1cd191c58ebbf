package dev.sluice.rest;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.api.RateLimitException;
import io.smallrye.faulttolerance.api.RateLimitType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;

/** Lets requests wait for their budgets, never past the deadline. May be used from any thread. */
final class Budgets {
  private final ConnectorContext context;
  private final List<Gate> gates;

  private record Gate(Predicate<Request> covered, Guard guard) {}

  Budgets(List<RateBudget> budgets, ConnectorContext context) {
    this.context = context;
    this.gates = budgets.stream().map(budget -> new Gate(budget.covered(), guard(budget))).toList();
  }

  private Guard guard(RateBudget budget) {
    return Guard.create()
        .withRateLimit()
        .limit(budget.requests())
        .window(budget.span().toMillis(), ChronoUnit.MILLIS)
        .type(RateLimitType.ROLLING)
        .done()
        .withRetry()
        .maxRetries(-1)
        .maxDuration(0, ChronoUnit.MILLIS) // the deadline is asked instead
        .whenException(
            e -> e instanceof RateLimitException full && context.deadline().allows(pause(full)))
        .withCustomBackoff()
        .strategy(() -> cause -> cause instanceof RateLimitException e ? pause(e).toMillis() : 0)
        .done()
        .done()
        .build();
  }

  private static Duration pause(RateLimitException full) {
    return Duration.ofMillis(Math.max(1, full.getRetryAfterMillis()));
  }

  /** Returns when the request may be sent. */
  void await(Request request) {
    for (Gate gate : gates) {
      if (gate.covered().test(request)) {
        await(gate.guard());
      }
    }
  }

  private void await(Guard guard) {
    try {
      guard.call(() -> true, Boolean.class);
    } catch (RateLimitException e) {
      throw ConnectorException.rateLimited(
          "The time left does not allow to wait for the next request that is due",
          context.clock().instant().plus(pause(e)));
    } catch (InterruptedException e) {
      throw Retries.interrupted();
    } catch (Exception e) {
      throw new IllegalStateException("Waiting ends in a permit or a refusal", e);
    }
  }
}
