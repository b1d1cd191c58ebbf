package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Call CALL =
      Call.of(URI.create("https://h"), Request.get("items"), AcceptedStatuses.NONE);

  /** What the attempts end in, in their order; nothing for an answer. */
  private final ArrayDeque<Optional<RetryableFailure>> attempts = new ArrayDeque<>();

  private final List<Duration> pauses = new ArrayList<>();

  private Retrying exchange() {
    var clock = InstantSource.fixed(NOW);
    var listener =
        new RequestListener() {
          @Override
          public void retryPending(String reason, Duration pause) {
            pauses.add(pause);
          }
        };
    return new Retrying(
        new RetryPolicy(3, Duration.ofMillis(10)),
        new ConnectorContext(
            Options.NONE, NOW, Deadline.after(Duration.ofMinutes(1), clock), clock, listener),
        call -> {
          Optional<RetryableFailure> failure = attempts.removeFirst();
          if (failure.isPresent()) {
            throw failure.get();
          }
          return new ScriptedExchange().then(200).send(call);
        });
  }

  private static Optional<RetryableFailure> passing(Optional<Instant> resumeAt) {
    return Optional.of(RetryableFailure.passing("GET https://h/items: status 503", resumeAt));
  }

  @Test
  void pausesGrowUntilTheAnswerIsThere() {
    attempts.addAll(
        List.of(passing(Optional.empty()), passing(Optional.empty()), Optional.empty()));

    assertThat(exchange().send(CALL, Integer.class, Answer::status)).isEqualTo(200);
    assertThat(pauses).hasSize(2);
    assertThat(pauses.get(0)).isBetween(Duration.ofMillis(8), Duration.ofMillis(12));
    assertThat(pauses.get(1)).isBetween(Duration.ofMillis(16), Duration.ofMillis(24));
  }

  @Test
  void answerThatCannotBeReadIsAskedForAgain() {
    attempts.addAll(List.of(Optional.empty(), Optional.empty(), Optional.empty()));

    var failure =
        catchThrowableOfType(
            ConnectorException.class,
            () ->
                exchange()
                    .send(
                        CALL,
                        String.class,
                        answer -> {
                          throw RetryableFailure.unreadable(answer.place() + ": no JSON");
                        }));

    assertThat(attempts).isEmpty();
    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessage("GET https://h/items: no JSON (after 3 attempts)");
  }

  @Test
  void waitThatTheSourceNamesIsNoAttempt() {
    for (int i = 0; i < 4; i++) {
      attempts.add(passing(Optional.of(NOW.plusMillis(500))));
    }
    attempts.addAll(
        List.of(passing(Optional.empty()), passing(Optional.empty()), Optional.empty()));

    assertThat(exchange().send(CALL, Integer.class, Answer::status)).isEqualTo(200);
    assertThat(pauses).hasSize(6);
    assertThat(pauses.subList(0, 4)).containsOnly(Duration.ofMillis(500));
  }

  @Test
  void pauseThatIsHardlyOneIsAnAttempt() {
    for (int i = 0; i < 3; i++) {
      attempts.add(passing(Optional.of(NOW.plusMillis(1))));
    }

    var failure =
        catchThrowableOfType(
            ConnectorException.class, () -> exchange().send(CALL, Integer.class, Answer::status));

    assertThat(attempts).isEmpty();
    assertThat(failure).hasMessageEndingWith("(after 3 attempts)");
    assertThat(failure.resumeAt()).contains(NOW.plusMillis(1));
  }

  @Test
  void pauseBeyondTheDeadlineIsHandedOn() {
    Instant later = NOW.plus(Duration.ofHours(1));
    attempts.add(passing(Optional.of(later)));

    var failure =
        catchThrowableOfType(
            ConnectorException.class, () -> exchange().send(CALL, Integer.class, Answer::status));

    assertThat(failure.resumeAt()).contains(later);
    assertThat(failure).hasMessageContaining("not enough time left to wait");
    assertThat(pauses).isEmpty();
  }
}
