package dev.sluice.rest.auth;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.http.Failing;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthTest {
  private static final FaultServer.Answer TOKEN =
      json("{\"access_token\":\"first\",\"token_type\":\"bearer\",\"expires_in\":3600}");
  private static final FaultServer.Answer SECOND =
      json("{\"access_token\":\"second\",\"expires_in\":\"3600\"}");

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  private static TokenEndpoint endpoint(FaultServer server) {
    return TokenEndpoint.of(
            URI.create(server.url() + "/token"), OAuthClient.basicSecret("me", "s3cr:t"))
        .scope("read all");
  }

  private static List<String> authorizations(FaultServer server) {
    return server.received().stream().map(r -> r.header("authorization")).toList();
  }

  @Test
  void fixedCredentialsGoWithEveryRequest() {
    try (var server = new FaultServer(json("[]"))) {
      for (Auth auth :
          List.of(
              Auth.none(),
              Auth.bearer("abc"),
              Auth.basic("user", "pass:é"),
              Auth.apiKeyHeader("X-Api-Key", "key"))) {
        try (var client =
            new ClientInvocation()
                .client(server.url())
                .header("accept", "a/b")
                .auth(auth)
                .build()) {
          Failing.items(client);
        }
      }

      assertThat(authorizations(server))
          .containsExactly("", "Bearer abc", "Basic dXNlcjpwYXNzOsOp", "");
      assertThat(server.received().getLast().header("x-api-key")).isEqualTo("key");
      assertThat(server.received()).allMatch(r -> r.header("accept").equals("a/b"));
    }
  }

  @Test
  void keyInTheQueryIsSentButNeverPartOfARequest() {
    var listing = Listing.of(Request.get("items")).paginated(Pagination.linkHeader());
    try (var server =
            new FaultServer(
                json("[]", "Link: </items?api_key=k%20y&page=2>; rel=next"), json("[]"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.apiKeyQuery("api_key", "k y"))
                .build()) {
      var next = client.page(listing, listing.request().with("a", "b")).next().orElseThrow();
      client.page(listing, next);

      assertThat(next.toString()).doesNotContain("api_key");
      assertThat(server.targets())
          .containsExactly("/items?a=b&api_key=k%20y", "/items?page=2&api_key=k%20y");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusedCredentialIsAccessDenied(int status) {
    try (var server = new FaultServer(status(status, "{\"message\":\"Bad credentials\"}"));
        var client = new ClientInvocation().client(server.url()).auth(Auth.bearer("abc")).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure.isAccessDenied()).isTrue();
      assertThat(failure).hasMessageContaining("Bad credentials");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void tokenIsFetchedOnceForManyRequests() {
    try (var tokens = new FaultServer(TOKEN);
        var server = new FaultServer(json("[]"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      Failing.items(client);
      Failing.items(client);

      assertThat(tokens.received()).hasSize(1);
      var asked = tokens.received().getFirst();
      assertThat(asked.method()).isEqualTo("POST");
      assertThat(asked.header("content-type")).startsWith("application/x-www-form-urlencoded");
      assertThat(asked.header("authorization")).isEqualTo("Basic bWU6czNjciUzQXQ=");
      assertThat(asked.body()).isEqualTo("scope=read%20all&grant_type=client_credentials");
      assertThat(authorizations(server)).containsExactly("Bearer first", "Bearer first");
    }
  }

  @Test
  void secretMayBePosted() {
    try (var tokens = new FaultServer(TOKEN);
        var server = new FaultServer(json("[]"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(
                    Auth.clientCredentials(
                        TokenEndpoint.of(tokens.url(), OAuthClient.postedSecret("me", "s3cr&t"))))
                .build()) {
      Failing.items(client);

      var asked = tokens.received().getFirst();
      assertThat(asked.header("authorization")).isEmpty();
      assertThat(asked.body())
          .contains("client_id=me")
          .contains("client_secret=s3cr%26t")
          .contains("grant_type=client_credentials");
    }
  }

  @Test
  void tokenIsFetchedAgainHalfAMinuteBeforeItEnds() {
    try (var tokens = new FaultServer(TOKEN, SECOND);
        var server = new FaultServer(json("[]"));
        var client =
            new ClientInvocation(Duration.ofHours(5), now::get)
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      Failing.items(client);
      now.set(now.get().plusSeconds(3569));
      Failing.items(client);
      now.set(now.get().plusSeconds(1));
      Failing.items(client);

      assertThat(authorizations(server))
          .containsExactly("Bearer first", "Bearer first", "Bearer second");
    }
  }

  @Test
  void refusedTokenIsRefreshedOnceAndThePageRepeated() {
    var listing = Listing.of(Request.get("items").with("page", "7"));
    try (var tokens = new FaultServer(TOKEN, SECOND);
        var server = new FaultServer(json("[]"), status(401, "expired"), json("[{}]"));
        var client =
            new ClientInvocation(Duration.ofHours(5), now::get)
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      Failing.items(client);
      now.set(NOW.plusSeconds(60));

      assertThat(client.page(listing, listing.request()).records()).hasSize(1);
      assertThat(server.targets()).containsExactly("/items", "/items?page=7", "/items?page=7");
      assertThat(authorizations(server))
          .containsExactly("Bearer first", "Bearer first", "Bearer second");
    }
  }

  @Test
  void tokenThatIsRefusedAgainIsAccessDenied() {
    try (var tokens = new FaultServer(TOKEN, SECOND);
        var server = new FaultServer(status(401, "expired"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      assertThat(Failing.failure(client).isAccessDenied()).isTrue();
      assertThat(server.received()).hasSize(7);
      assertThat(tokens.received()).hasSize(2);
    }
  }

  @Test
  void refreshTokenIsReplacedByTheOneThatTheSourceHandsOut() {
    try (var tokens =
            new FaultServer(
                json("{\"access_token\":\"first\",\"refresh_token\":\"new\"}"), SECOND);
        var server = new FaultServer(json("[]"), status(401, ""), json("[]"));
        var client =
            new ClientInvocation(Duration.ofHours(5), now::get)
                .client(server.url())
                .auth(Auth.refreshToken(endpoint(tokens), "old"))
                .build()) {
      Failing.items(client);
      now.set(NOW.plusSeconds(60));
      Failing.items(client);

      assertThat(tokens.received())
          .extracting(FaultServer.Received::body)
          .satisfiesExactly(
              first ->
                  assertThat(first)
                      .contains("grant_type=refresh_token")
                      .contains("refresh_token=old"),
              second -> assertThat(second).contains("refresh_token=new"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void clientThatTheTokenEndpointRefusesIsAccessDenied(int status) {
    try (var tokens = new FaultServer(status(status, "{\"error\":\"invalid_client\"}"));
        var server = new FaultServer(json("[]"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      var failure = Failing.failure(client);

      assertThat(failure.isAccessDenied()).isTrue();
      assertThat(failure).hasMessageContaining("invalid_client");
      assertThat(tokens.received()).hasSize(1);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void tokenEndpointThatIsDownIsTransient() {
    try (var tokens = new FaultServer(status(503, ""));
        var server = new FaultServer(json("[]"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(tokens.received()).hasSize(3);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void redirectOfTheTokenEndpointIsNotFollowed() {
    try (var tokens = new FaultServer(status(307, "", "Location: /elsewhere"));
        var server = new FaultServer(json("[]"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(tokens.received()).hasSize(1);
    }
  }

  @Test
  void answerWithoutATokenIsAProtocolError() {
    try (var tokens = new FaultServer(json("{\"token\":\"x\"}"));
        var server = new FaultServer(json("[]"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.clientCredentials(endpoint(tokens)))
                .build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void tokenEndpointIsHttpsToo() {
    var endpoint =
        TokenEndpoint.of(
            URI.create("http://login.example.com/token"), OAuthClient.basicSecret("a", "b"));
    var builder =
        new ClientInvocation()
            .client(URI.create("https://api.example.com"))
            .auth(Auth.clientCredentials(endpoint));

    assertThatThrownBy(builder::build).isInstanceOf(ConnectorException.class);
  }
}
