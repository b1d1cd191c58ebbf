package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.rawThenEnd;
import static dev.sluice.rest.http.FaultServer.rawThenReset;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.http.FaultServer.Answer;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {
  private static final Answer GOOD = json("[{\"id\":1}]");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {202, 408, 429, 500, 502, 503, 504, 507, 520, 525, 529, 530, 599})
  void passingStatusIsRepeated(int status) {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(status(status, "busy"), status(status, "busy"), GOOD);
        var client = invocation.client(server.url()).build()) {
      var items = Failing.items(client);

      assertThat(items).containsExactly("{\"id\":1}");
      assertThat(server.received()).hasSize(3);
      assertThat(invocation.sent()).isEqualTo(3);
      assertThat(invocation.reasons()).hasSize(2).allMatch(r -> r.contains("status " + status));
    }
  }

  static Stream<Answer> brokenConnections() {
    return Stream.of(rawThenEnd(""), rawThenReset(""), rawThenEnd("SSH-2.0-OpenSSH\r\n\r\n"));
  }

  static Stream<Answer> brokenBodies() {
    return Stream.of(
        rawThenEnd("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"id\""),
        rawThenReset("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"id\""),
        rawThenEnd("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"id"),
        status(200, "this is not gzip", "Content-Encoding: gzip"));
  }

  @ParameterizedTest
  @MethodSource({"brokenConnections", "brokenBodies"})
  void brokenConnectionIsRepeated(Answer broken) {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(broken, GOOD);
        var client = invocation.client(server.url()).build()) {
      assertThat(Failing.items(client)).containsExactly("{\"id\":1}");
      assertThat(server.received()).hasSize(2);
    }
  }

  @ParameterizedTest
  @MethodSource("brokenConnections")
  void connectionThatBreaksEachTimeIsTransient(Answer broken) {
    try (var server = new FaultServer(broken);
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt()).isEmpty();
      assertThat(failure).hasMessageContaining("GET " + server.url() + "/items");
      assertThat(server.received()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource("brokenBodies")
  void bodyThatBreaksEachTimeIsAProtocolError(Answer broken) {
    try (var server = new FaultServer(broken);
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("GET " + server.url() + "/items");
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void hostThatNobodyKnowsIsTheOperatorsConcern() {
    var invocation = new ClientInvocation();
    try (var client = invocation.client(URI.create("https://no-such-host.invalid")).build()) {
      var failure = Failing.failure(client);

      assumeThat(failure).hasMessageNotContaining("Temporary failure"); // without a name server
      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("nobody knows the host 'no-such-host.invalid'");
      assertThat(invocation.sent()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"can\nary", "can\u0000ary", "canary\r", "canary\u2013"})
  void credentialThatNoHeaderCanCarryIsTheOperatorsConcern(String token) {
    try (var server = new FaultServer(GOOD);
        var client = new ClientInvocation().client(server.url()).auth(Auth.bearer(token)).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure)
          .hasMessageContainingAll("header Authorization", "U+")
          .hasMessageNotContaining("ary");
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void refusedConnectionIsTransient() {
    var invocation = new ClientInvocation();
    var server = new FaultServer();
    server.close();
    try (var client = invocation.client(server.url()).build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(invocation.sent()).isEqualTo(3);
    }
  }

  @Test
  void pausesDoubleGiveOrTakeAFifth() {
    var invocation = new ClientInvocation();
    var policy = new RetryPolicy(4, Duration.ofMillis(10));
    try (var server = new FaultServer(status(500, ""));
        var client = invocation.client(server.url()).retry(policy).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt()).isEmpty();
      assertThat(server.received()).hasSize(4);
      assertThat(invocation.pauses()).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(invocation.pauses().get(i))
            .isBetween(Duration.ofMillis(8L << i), Duration.ofMillis(12L << i));
      }
    }
  }

  @Test
  void onlyAttemptIsNotRepeated() {
    var policy = new RetryPolicy(1, Duration.ZERO);
    try (var server = new FaultServer(status(503, ""), GOOD);
        var client = new ClientInvocation().client(server.url()).retry(policy).build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void pauseThatTheSourceNamesIsObeyed() {
    var invocation = interruptedWhenItWaits();
    try (var server = new FaultServer(status(429, "", "Retry-After: 7"), GOOD);
        var client = invocation.client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure).hasMessageContaining("Interrupted");
      assertThat(invocation.pauses()).containsExactly(Duration.ofSeconds(7));
      assertThat(server.received()).hasSize(1);
    }
  }

  /** Its clock stands still, and it never sleeps: the thread is interrupted first. */
  private static ClientInvocation interruptedWhenItWaits() {
    return new ClientInvocation(Duration.ofHours(2), InstantSource.fixed(NOW)) {
      @Override
      public void retryPending(String reason, Duration pause) {
        super.retryPending(reason, pause);
        Thread.currentThread().interrupt();
      }
    };
  }

  static Stream<List<String>> rateLimits() {
    return Stream.of(
        List.of("429", "Retry-After: 600"),
        List.of("503", "Retry-After: Sun, 01 Mar 2026 12:10:00 GMT"),
        List.of("403", "Retry-After: 600"),
        List.of("403", "X-RateLimit-Remaining: 0", "X-RateLimit-Reset: 1772367000"),
        List.of("429", "x-ratelimit-remaining: 0", "x-ratelimit-reset: 1772367000"),
        List.of("429", "RateLimit-Remaining: 0", "RateLimit-Reset: 600"));
  }

  @ParameterizedTest
  @MethodSource("rateLimits")
  void waitThatDoesNotFitTheDeadlineEndsAtOnceWithItsTime(List<String> limit) {
    var invocation = new ClientInvocation(Duration.ofMinutes(1), InstantSource.fixed(NOW));
    int status = Integer.parseInt(limit.getFirst());
    String[] headers = limit.subList(1, limit.size()).toArray(String[]::new);
    try (var server = new FaultServer(status(status, "{\"message\":\"slow down\"}", headers));
        var client = invocation.client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.isAccessDenied()).isFalse();
      assertThat(failure.resumeAt()).contains(NOW.plus(Duration.ofMinutes(10)));
      assertThat(failure).hasMessageContaining("slow down");
      assertThat(server.received()).hasSize(1);
      assertThat(invocation.pauses()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {501, 505})
  void whatTheServerNeverDoesIsNotAskedForAgain(int status) {
    try (var server = new FaultServer(status(status, "no"), GOOD);
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(server.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 203, 204, 206, 207, 226})
  void successThatIsNotAllOfAPageIsRefused(int status) {
    try (var server = new FaultServer(status(status, "[{\"name\":\"of somebody\"}]"), GOOD);
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageEndingWith("/items: status " + status + " instead of 200");
      assertThat(server.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You have triggered an abuse detection mechanism. Please retry your request again later.",
        "You have exceeded a secondary rate limit.",
        "API rate limit exceeded for user ID 1.",
        "REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded."
      })
  void denialThatSpeaksOfALimitIsOneWhateverTheHeadersSay(String words) {
    var invocation = new ClientInvocation(Duration.ofSeconds(30), InstantSource.fixed(NOW));
    try (var server = new FaultServer(status(403, words, "X-RateLimit-Remaining: 4999"));
        var client = invocation.client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt()).contains(NOW.plusSeconds(60));
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void backoffThatDoesNotFitTheDeadlineEndsAtOnce() {
    var invocation = new ClientInvocation(Duration.ofSeconds(5), InstantSource.fixed(NOW));
    var policy = new RetryPolicy(3, Duration.ofMinutes(1));
    try (var server = new FaultServer(status(500, ""));
        var client = invocation.client(server.url()).retry(policy).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void nothingIsSentPastTheDeadline() {
    var invocation = new ClientInvocation(Duration.ZERO, InstantSource.fixed(NOW));
    try (var server = new FaultServer(GOOD);
        var client = invocation.client(server.url()).build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(server.received()).isEmpty();
      assertThat(invocation.sent()).isZero();
    }
  }

  @Test
  void headersThatExplainARefusalAreShown() {
    try (var server =
            new FaultServer(
                status(
                    403,
                    "{\"message\":\"Resource protected by organization SAML enforcement.\"}",
                    "X-SSO: required; url=https://h/orgs/acme/sso?authorization_request=A1",
                    "WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"items.read\""));
        var client = new ClientInvocation().client(server.url()).hints("X-SSO", "X-None").build()) {
      assertThat(Failing.failure(client))
          .hasMessageEndingWith(
              "enforcement. (WWW-Authenticate: Bearer error=\"insufficient_scope\","
                  + " scope=\"items.read\")"
                  + " (X-SSO: required; url=https://h/orgs/acme/sso?authorization_request=A1)");
    }
  }

  @Test
  void forbiddenWithoutALimitIsNotRepeated() {
    try (var server =
            new FaultServer(
                status(403, "no", "X-RateLimit-Remaining: 12", "X-RateLimit-Reset: 9"));
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure.isAccessDenied()).isTrue();
      assertThat(server.received()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 405, 409, 410, 422})
  void otherClientErrorsAreTheOperatorsAndNotRepeated(int status) {
    try (var server = new FaultServer(status(status, "{\"message\":\"no such\\n repository\"}"));
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure.isAccessDenied()).isFalse();
      assertThat(failure)
          .hasMessageContaining("GET " + server.url() + "/items")
          .hasMessageContaining("status " + status)
          .hasMessageContaining("no such repository");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void longErrorTextIsCutAndItsConnectionTooWhenItIsVeryLong() {
    String text = "{\"message\":\"" + "x".repeat(10_000) + "\"}";
    try (var server = new FaultServer(status(400, text), status(400, "x".repeat(1 << 20)), GOOD);
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.failure(client).getMessage()).hasSizeLessThan(400).endsWith("x...");
      assertThat(Failing.failure(client)).hasMessageEndingWith("status 400");
      assertThat(Failing.items(client)).hasSize(1);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  static Stream<Pagination> paginations() {
    return Stream.of(
        Pagination.cursorToken("cursor", "next"),
        Pagination.pageNumber("cursor"),
        Pagination.offset("cursor"),
        Pagination.offsetLimit("cursor", "limit", 2));
  }

  @ParameterizedTest
  @MethodSource("paginations")
  void pageThatHasExpiredHelpsANewRunAndAListThatIsGoneDoesNot(Pagination pagination) {
    var listing = Failing.ITEMS.paginated(pagination);
    Request bounded = listing.request().with("since", "2026-01-01");
    try (var server = new FaultServer(status(410, "gone"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(kind(client, listing, bounded.with("cursor", "9"))).isEqualTo(Kind.TRANSIENT);
      assertThat(kind(client, listing, bounded)).isEqualTo(Kind.CONFIGURATION);
      assertThat(kind(client, listing, listing.request())).isEqualTo(Kind.CONFIGURATION);
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void linkThatHasExpiredHelpsANewRun() {
    var listing = Failing.ITEMS.paginated(Pagination.linkHeader());
    try (var server =
            new FaultServer(json("[{}]", "Link: </items?page=2>; rel=next"), status(404, "gone"));
        var client = new ClientInvocation().client(server.url()).build()) {
      Request next = client.page(listing, listing.request()).next().orElseThrow();

      assertThat(kind(client, listing, next)).isEqualTo(Kind.TRANSIENT);
      assertThat(kind(client, listing, listing.request().with("since", "2026-01-01")))
          .isEqualTo(Kind.CONFIGURATION);
    }
  }

  private static Kind kind(ApiClient client, Listing listing, Request request) {
    return catchThrowableOfType(ConnectorException.class, () -> client.page(listing, request))
        .kind();
  }

  @Test
  void interruptedThreadStopsWaitingForAnAnswer() throws InterruptedException {
    var failure = new AtomicReference<ConnectorException>();
    try (var server = new FaultServer()) {
      server.answer(server.rawThenStall(""));
      try (var client = new ClientInvocation().client(server.url()).build()) {
        var thread = Thread.ofPlatform().start(() -> failure.set(Failing.failure(client)));
        while (server.received().isEmpty()) {
          Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
      }
      assertThat(failure.get().kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.get()).hasMessageContaining("Interrupted");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void interruptedThreadStopsWaitingForABody() throws InterruptedException {
    var failure = new AtomicReference<ConnectorException>();
    try (var server = new FaultServer()) {
      server.answer(server.rawThenDrip("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n["));
      try (var client = new ClientInvocation().client(server.url()).build()) {
        var thread = Thread.ofPlatform().start(() -> failure.set(Failing.failure(client)));
        while (server.received().isEmpty()) {
          Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join();
      }
      assertThat(failure.get()).hasMessageContaining("Interrupted");
      assertThat(server.received()).hasSize(1);
    }
  }
}
