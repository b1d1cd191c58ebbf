package dev.sluice.rest.auth;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.http.Failing;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Tokens that the source hands out some seconds before all of it knows them. */
class NewTokenTest {
  private static final FaultServer.Answer FIRST = json("{\"access_token\":\"first\"}");
  private static final FaultServer.Answer SECOND = json("{\"access_token\":\"second\"}");
  private static final FaultServer.Answer UNKNOWN = status(401, "Bad credentials");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private ClientInvocation invocation = within(Duration.ofHours(5));

  /** Its pauses are milliseconds, and seconds to its clock. */
  private ClientInvocation within(Duration budget) {
    return new ClientInvocation(budget, now::get) {
      @Override
      public void retryPending(String reason, Duration pause) {
        super.retryPending(reason, pause);
        now.set(now.get().plusSeconds(pause.toMillis()));
      }
    };
  }

  private ApiClient client(FaultServer tokens, FaultServer server) {
    return invocation
        .client(server.url())
        .auth(
            Auth.clientCredentials(
                TokenEndpoint.of(tokens.url(), OAuthClient.basicSecret("me", "s3cret"))))
        .build();
  }

  private static List<String> authorizations(FaultServer server) {
    return server.received().stream()
        .map(request -> request.header("authorization").replace("Bearer ", ""))
        .toList();
  }

  private List<Long> pauses() {
    return invocation.pauses().stream().map(Duration::toMillis).toList();
  }

  @Test
  void sameTokenIsSentAgainUntilItIsKnown() {
    try (var tokens = new FaultServer(FIRST, SECOND);
        var server = new FaultServer(UNKNOWN, UNKNOWN, UNKNOWN, json("[{}]"));
        var client = client(tokens, server)) {
      assertThat(Failing.items(client)).hasSize(1);

      assertThat(authorizations(server)).hasSize(4).containsOnly("first");
      assertThat(pauses()).containsExactly(1L, 2L, 4L);
      assertThat(tokens.received()).hasSize(1);
    }
  }

  @Test
  void tokenThatStaysUnknownIsReplacedOnceAndThenRefused() {
    try (var tokens = new FaultServer(FIRST, SECOND);
        var server = new FaultServer(UNKNOWN);
        var client = client(tokens, server)) {
      assertThat(Failing.failure(client).isAccessDenied()).isTrue();

      assertThat(pauses()).containsExactly(1L, 2L, 4L, 4L);
      assertThat(authorizations(server))
          .containsExactly("first", "first", "first", "first", "first", "second");
    }
  }

  @Test
  void oldTokenIsReplacedAtOnceAndTheNewOneMayNotBeKnownEither() {
    try (var tokens = new FaultServer(FIRST, SECOND);
        var server = new FaultServer(json("[]"), UNKNOWN, UNKNOWN, json("[{}]"));
        var client = client(tokens, server)) {
      Failing.items(client);
      now.set(now.get().plusSeconds(10));

      assertThat(Failing.items(client)).hasSize(1);
      assertThat(authorizations(server)).containsExactly("first", "first", "second", "second");
      assertThat(pauses()).containsExactly(1L);
    }
  }

  @Test
  void tokenOfAnInstallationMayBeKnownWithoutItsPermissions() throws Exception {
    var blind = status(403, "{\"message\":\"Resource not accessible by integration\"}");
    try (var server =
            new FaultServer(status(201, "{\"token\":\"first\"}"), blind, blind, json("[{}]"));
        var client =
            invocation
                .client(server.url())
                .auth(
                    Auth.installationToken(
                        URI.create(server.url() + "/token"), "me", InstallationTokenTest.key()))
                .build()) {
      assertThat(Failing.items(client)).hasSize(1);
      assertThat(pauses()).containsExactly(1L, 2L);
    }
  }

  @Test
  void otherDenialsAreNotWaitedFor() {
    try (var tokens = new FaultServer(FIRST);
        var server = new FaultServer(status(403, "{\"message\":\"missing scope\"}"));
        var client = client(tokens, server)) {
      assertThat(Failing.failure(client).isAccessDenied()).isTrue();
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void runThatEndsMeanwhileIsTriedAgainByTheNext() {
    invocation = within(Duration.ofSeconds(2));
    try (var tokens = new FaultServer(FIRST);
        var server = new FaultServer(UNKNOWN);
        var client = client(tokens, server)) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.TRANSIENT);
    }
  }
}
