package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ClientInvocation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateBudgetTest {
  private static final Request THINGS = Request.get("things");

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
}
