package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/** Lets requests wait for their budgets, never past the deadline. May be used from any thread. */
public final class RateBudgets {
  private final ConnectorContext context;
  private final List<Gate> gates;

  public RateBudgets(List<RateBudget> budgets, ConnectorContext context) {
    this.context = context;
    this.gates = budgets.stream().map(Gate::new).toList();
  }

  /** Returns when the request may be sent. */
  public void await(Request request) {
    for (Gate gate : gates) {
      if (gate.budget.covered().test(request)) {
        await(gate);
      }
    }
  }

  private void await(Gate gate) {
    for (Duration pause = gate.enter(); !pause.isZero(); pause = gate.enter()) {
      if (!context.deadline().allows(pause)) {
        throw ConnectorException.rateLimited(
            "The time left does not allow to wait for the next request that is due",
            context.clock().instant().plus(pause));
      }
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        throw Retries.interrupted();
      }
    }
  }

  /**
   * Knows when the last requests of a budget were let through; those that had to wait count once.
   */
  private static final class Gate {
    private final RateBudget budget;
    private final ArrayDeque<Long> entered = new ArrayDeque<>();

    Gate(RateBudget budget) {
      this.budget = budget;
    }

    /** Lets a request through, or says how long to wait before the next try. */
    synchronized Duration enter() {
      long now = System.nanoTime();
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
