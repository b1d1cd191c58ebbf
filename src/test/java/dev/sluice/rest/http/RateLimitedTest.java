package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.MonotonicClock;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Waits on a clock that only waiting moves. */
class RateLimitedTest {
  private static final Request SEARCH = Request.post("things/search", "{}");
  private static final Request THINGS = Request.get("things");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration SPAN = Duration.ofMinutes(5);

  private static final class WaitedClock implements MonotonicClock {
    private final List<Duration> waits = new ArrayList<>();
    private Duration elapsed = Duration.ZERO;

    @Override
    public long nanoTime() {
      return elapsed.toNanos();
    }

    @Override
    public void sleep(Duration pause) {
      waits.add(pause);
      elapsed = elapsed.plus(pause);
    }
  }

  private final WaitedClock clock = new WaitedClock();
  private final List<Request> sent = new ArrayList<>();

  private RateLimited exchange(Duration budget, RateBudget... budgets) {
    var context =
        new ConnectorContext(
            Options.NONE,
            NOW,
            Deadline.at(NOW.plus(budget), () -> NOW.plus(clock.elapsed)),
            () -> NOW.plus(clock.elapsed),
            RequestListener.NONE);
    return new RateLimited(
        List.of(budgets),
        context,
        clock,
        call -> {
          sent.add(call.request());
          return new Answer(call.method(), call.url(), 200, Map.of(), new byte[0], 0);
        });
  }

  private static Call call(Request request) {
    return Call.of(URI.create("https://h"), request, AcceptedStatuses.NONE);
  }

  @Test
  void requestsBeyondTheBudgetWait() throws Exception {
    var exchange = exchange(Duration.ofHours(1), RateBudget.of(2, SPAN));

    for (int i = 0; i < 5; i++) {
      exchange.send(call(THINGS));
    }

    // the third waits for the first to be a span ago, the fifth for the third
    assertThat(clock.waits).containsExactly(SPAN, SPAN);
    assertThat(sent).hasSize(5);
  }

  @Test
  void budgetOfSomeRequestsLetsOthersPass() throws Exception {
    var exchange =
        exchange(
            Duration.ofSeconds(30),
            RateBudget.of(1, Duration.ofHours(1)).only(r -> r.path().endsWith("/search")));
    exchange.send(call(SEARCH));
    exchange.send(call(THINGS));
    exchange.send(call(THINGS));

    assertThatThrownBy(() -> exchange.send(call(SEARCH))).isInstanceOf(ConnectorException.class);
    assertThat(clock.waits).isEmpty();
    assertThat(sent).hasSize(3);
  }

  @Test
  void waitBeyondTheDeadlineIsHandedOn() throws Exception {
    var exchange = exchange(Duration.ofSeconds(30), RateBudget.of(1, SPAN));
    exchange.send(call(THINGS));

    var failure = catchThrowableOfType(ConnectorException.class, () -> exchange.send(call(THINGS)));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure).hasMessageStartingWith("Not enough time left to wait for");
    assertThat(failure.resumeAt()).contains(NOW.plus(SPAN));
    assertThat(sent).hasSize(1);
  }

  @Test
  void budgetOfNothingIsRefused() {
    assertThatThrownBy(() -> RateBudget.of(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
