package dev.sluice.rest;

import static dev.sluice.rest.FaultServer.json;
import static dev.sluice.rest.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PauseAdviceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final PauseAdvice ADVICE =
      refusal ->
          refusal.text().contains("DAILY") && refusal.status() == 429
              ? refusal.header("x-pause").map(text -> Duration.ofHours(Long.parseLong(text)))
              : Optional.empty();

  private static Invocation invocation() {
    return new Invocation(Duration.ofMinutes(1), InstantSource.fixed(NOW));
  }

  @Test
  void sourceIsLeftAloneAsLongAsItsOwnWordsSay() {
    try (var server = new FaultServer(status(429, "{\"policy\":\"DAILY\"}", "X-Pause: 3"));
        var client = invocation().client(server.url()).pauseAdvice(ADVICE).build()) {
      var failure = Failures.failure(client);

      assertThat(failure.resumeAt()).contains(NOW.plus(Duration.ofHours(3)));
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void usualHeaderIsBelievedFirst() {
    try (var server = new FaultServer(status(429, "DAILY", "X-Pause: 3", "Retry-After: 3600"));
        var client = invocation().client(server.url()).pauseAdvice(ADVICE).build()) {
      var failure = Failures.failure(client);

      assertThat(failure.resumeAt()).contains(NOW.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void refusalThatSaysNothingIsRepeatedAsUsual() {
    try (var server = new FaultServer(status(429, "later"), json("[{\"id\":1}]"));
        var client = invocation().client(server.url()).pauseAdvice(ADVICE).build()) {
      assertThat(Failures.items(client)).hasSize(1);
    }
  }
}
