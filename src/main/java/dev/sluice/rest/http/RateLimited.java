package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.MonotonicClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** Makes each attempt wait for the budgets that cover it, never past the deadline. */
public final class RateLimited implements Exchange {
  private final ConnectorContext context;
  private final MonotonicClock clock;
  private final List<Gate> gates;
  private final Exchange next;

  public RateLimited(
      List<RateBudget> budgets, ConnectorContext context, MonotonicClock clock, Exchange next) {
    this.context = context;
    this.clock = clock;
    this.gates = budgets.stream().map(Gate::new).toList();
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    for (Gate gate : gates) {
      if (gate.budget.covered().test(call.request())) {
        await(gate);
      }
    }
    return next.send(call);
  }

  private void await(Gate gate) throws InterruptedException {
    while (true) {
      Duration pause = gate.enter(clock.nanoTime());
      if (pause.isZero()) {
        return;
      }
      if (!context.deadline().allows(pause)) {
        throw ConnectorException.rateLimited(
            "Not enough time left to wait for the next request that is due",
            context.clock().instant().plus(pause));
      }
      clock.sleep(pause);
    }
  }

  /**
   * Remembers when the last requests of a budget were let through; one that had to wait counts
   * once.
   */
  private static final class Gate {
    private final RateBudget budget;
    private final ArrayDeque<Long> entered = new ArrayDeque<>();

    Gate(RateBudget budget) {
      this.budget = budget;
    }

    /** Lets a request through, or returns how long to wait before the next try. */
    synchronized Duration enter(long now) {
      if (entered.size() == budget.requests()) {
        Duration pause = budget.span().minusNanos(now - entered.getFirst());
        if (pause.isPositive()) {
          return pause;
        }
        entered.removeFirst();
      }
      entered.addLast(now);
      return Duration.ZERO;
    }
  }
}
