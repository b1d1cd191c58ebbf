package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.auth.OAuthClient;
import dev.sluice.rest.auth.TokenEndpoint;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PauseAdviceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final PauseAdvice ADVICE =
      refusal ->
          refusal.text().contains("DAILY") && refusal.status() == 429
              ? refusal.header("x-pause").map(text -> Duration.ofHours(Long.parseLong(text)))
              : Optional.empty();

  private static ClientInvocation invocation() {
    return new ClientInvocation(Duration.ofMinutes(1), InstantSource.fixed(NOW));
  }

  @Test
  void sourceIsLeftAloneAsLongAsItsOwnWordsSay() {
    try (var server = new FaultServer(status(429, "{\"policy\":\"DAILY\"}", "X-Pause: 3"));
        var client = invocation().client(server.url()).pauseAdvice(ADVICE).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.resumeAt()).contains(NOW.plus(Duration.ofHours(3)));
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void usualHeaderIsBelievedFirst() {
    try (var server = new FaultServer(status(429, "DAILY", "X-Pause: 3", "Retry-After: 3600"));
        var client = invocation().client(server.url()).pauseAdvice(ADVICE).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.resumeAt()).contains(NOW.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void refusalThatSaysNothingIsRepeatedAsUsual() {
    try (var server = new FaultServer(status(429, "later"), json("[{\"id\":1}]"));
        var client = invocation().client(server.url()).pauseAdvice(ADVICE).build()) {
      assertThat(Failing.items(client)).hasSize(1);
    }
  }

  /** As GitHub says it: by words alone, while the hourly limit has room. */
  private static final String SECONDARY =
      "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes\"}";

  private static final String[] ROOM = {"X-RateLimit-Remaining: 4999", reset(3000)};

  private static String reset(int seconds) {
    return "X-RateLimit-Reset: " + NOW.plusSeconds(seconds).getEpochSecond();
  }

  private static PauseAdvice secondary(Duration pause) {
    return refusal ->
        refusal.text().contains("secondary rate limit") ? Optional.of(pause) : Optional.empty();
  }

  /** The error of a source that refuses once, to a client that could wait for half a minute. */
  private static ConnectorException refused(FaultServer.Answer answer) {
    var impatient = new ClientInvocation(Duration.ofSeconds(30), InstantSource.fixed(NOW));
    try (var server = new FaultServer(answer, json("[]"));
        var client =
            impatient.client(server.url()).pauseAdvice(secondary(Duration.ofMinutes(1))).build()) {
      return Failing.failure(client);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void limitThatOnlyTheBodyTellsOfLastsAsLongAsTheAdviceSays(int status) {
    var failure = refused(status(status, SECONDARY, ROOM));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure.isAccessDenied()).isFalse();
    assertThat(failure.resumeAt()).contains(NOW.plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void limitThatTheHeadersTellOfLastsAsLongAsTheySay(int status) {
    var after = refused(status(status, SECONDARY, "Retry-After: 90", ROOM[0], ROOM[1]));
    var exhausted =
        refused(status(status, "API rate limit exceeded", "X-RateLimit-Remaining: 0", reset(1800)));

    assertThat(after.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(after.resumeAt()).contains(NOW.plusSeconds(90));
    assertThat(exhausted.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(exhausted.resumeAt()).contains(NOW.plusSeconds(1800));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void limitThatPassesInTimeIsWaitedOut(int status) {
    var invocation = invocation();
    var pause = Duration.ofMillis(7);
    try (var server = new FaultServer(status(status, SECONDARY, ROOM), json("[{\"id\":1}]"));
        var client = invocation.client(server.url()).pauseAdvice(secondary(pause)).build()) {
      assertThat(Failing.items(client)).hasSize(1);
      assertThat(invocation.pauses()).containsExactly(pause);
    }
  }

  @Test
  void denialOfWhichTheAdviceKnowsNothingStaysOne() {
    var failure = refused(status(403, "Resource not accessible by integration", ROOM));

    assertThat(failure.isAccessDenied()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 422})
  void adviceIsNotAskedAboutMistakes(int status) {
    assertThat(refused(status(status, SECONDARY)).kind()).isEqualTo(Kind.CONFIGURATION);
  }

  @Test
  void tokenEndpointHasTheSameLimits() {
    var impatient = new ClientInvocation(Duration.ofSeconds(30), InstantSource.fixed(NOW));
    try (var tokens = new FaultServer(status(403, SECONDARY, ROOM));
        var client =
            impatient
                .client(tokens.url())
                .auth(
                    Auth.clientCredentials(
                        TokenEndpoint.of(tokens.url(), OAuthClient.basicSecret("me", "s3cr"))))
                .pauseAdvice(secondary(Duration.ofMinutes(1)))
                .build()) {
      assertThat(Failing.failure(client).resumeAt()).contains(NOW.plusSeconds(60));
    }
  }
}
