package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RateBudgetTest {
  private static final Request SEARCH = Request.post("things/search", "{}");
  private static final Request THINGS = Request.get("things");

  @Test
  void requestsBeyondTheBudgetWait() {
    Duration span = Duration.ofMillis(300);
    try (var server = new FaultServer(json("{}"));
        var client =
            new ClientInvocation().client(server.url()).budget(RateBudget.of(2, span)).build()) {
      long begin = System.nanoTime();

      for (int i = 0; i < 5; i++) {
        client.json(THINGS);
      }

      // the third waits for the first to be a span ago, the fifth for the third
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(span.multipliedBy(2));
      assertThat(server.received()).hasSize(5);
    }
  }

  @Test
  void budgetOfSomeRequestsLetsOthersPass() {
    var invocation = new ClientInvocation(Duration.ofSeconds(30), InstantSource.system());
    var budget = RateBudget.of(1, Duration.ofHours(1)).only(r -> r.path().endsWith("/search"));
    try (var server = new FaultServer(json("{}"));
        var client = invocation.client(server.url()).budget(budget).build()) {
      client.json(SEARCH);
      client.json(THINGS);
      client.json(THINGS);

      assertThatThrownBy(() -> client.json(SEARCH)).isInstanceOf(ConnectorException.class);
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void waitBeyondTheDeadlineIsHandedOn() {
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    var invocation = new ClientInvocation(Duration.ofSeconds(30), InstantSource.fixed(now));
    try (var server = new FaultServer(json("{}"));
        var client =
            invocation
                .client(server.url())
                .budget(RateBudget.of(1, Duration.ofMinutes(5)))
                .build()) {
      client.json(THINGS);

      var failure = catchThrowableOfType(ConnectorException.class, () -> client.json(THINGS));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt().orElseThrow())
          .isBetween(now.plus(Duration.ofMinutes(4)), now.plus(Duration.ofMinutes(5)));
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void repeatedRequestsCount() {
    Duration span = Duration.ofMillis(300);
    try (var server = new FaultServer(FaultServer.status(503, "busy"), json("{}"));
        var client =
            new ClientInvocation().client(server.url()).budget(RateBudget.of(1, span)).build()) {
      long begin = System.nanoTime();

      client.json(THINGS);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(span);
    }
  }

  @Test
  void budgetOfNothingIsRefused() {
    assertThatThrownBy(() -> RateBudget.of(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
