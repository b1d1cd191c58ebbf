package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.spi.ConnectorException.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimeLimitTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
  private static final Duration SHORT = Duration.ofMillis(150);

  static Stream<Function<FaultServer, FaultServer.Answer>> slowAnswers() {
    return Stream.of(
        server -> server.rawThenStall(""),
        server -> server.rawThenStall("HTTP/1.1 200 OK\r\nContent-"),
        server -> server.rawThenStall(HEAD + "Content-Length: 100\r\n\r\n"),
        server -> server.rawThenStall(HEAD + "Content-Length: 100\r\n\r\n[{\"id\":1}"),
        server -> server.rawThenDrip(HEAD + "X-Slow: "),
        server -> server.rawThenDrip(HEAD + "Content-Length: 100000\r\n\r\n["),
        server -> server.rawThenDrip(HEAD + "\r\n["));
  }

  @ParameterizedTest
  @MethodSource("slowAnswers")
  void answerThatIsNotThereInTimeIsRepeated(Function<FaultServer, FaultServer.Answer> slow) {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer()) {
      server.answer(slow.apply(server), FaultServer.json("[{\"id\":1}]"));
      // on a busy machine the good answer may come too late as well
      var patient = new RetryPolicy(20, Duration.ofMillis(1));
      try (var client = invocation.client(server.url()).timeout(SHORT).retry(patient).build()) {
        assertThat(Failing.items(client)).containsExactly("{\"id\":1}");
        assertThat(Thread.interrupted()).isFalse();
        assertThat(invocation.reasons())
            .isNotEmpty()
            .allMatch(reason -> reason.contains("no complete answer"));
        assertThat(server.connections()).isGreaterThanOrEqualTo(2);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("slowAnswers")
  void answerIsNotWaitedForPastTheDeadline(Function<FaultServer, FaultServer.Answer> slow) {
    var invocation = new ClientInvocation(SHORT, InstantSource.system());
    try (var server = new FaultServer()) {
      server.answer(slow.apply(server));
      try (var client = invocation.client(server.url()).build()) {
        long begin = System.nanoTime();
        var failure = Failing.failure(client);

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(server.received()).hasSizeLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void answerThatNeverComesInTimeIsTransient() {
    try (var server = new FaultServer()) {
      server.answer(server.rawThenStall(""));
      var invocation = new ClientInvocation();
      try (var client = invocation.client(server.url()).timeout(SHORT).build()) {
        var failure = Failing.failure(client);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        assertThat(failure).hasMessageContaining("no complete answer within 0.2 s");
        assertThat(invocation.sent()).isEqualTo(3);
        assertThat(server.received()).hasSizeLessThanOrEqualTo(3);
      }
    }
  }
}
