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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Token endpoints that the source names. */
class DiscoveryTest {
  private static final String TOKEN = "{\"access_token\":\"first\",\"expires_in\":300}";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

  private ApiClient client(FaultServer server, String... hosts) {
    var document = URI.create(server.url() + "/.well-known/smart-configuration");
    var discovery =
        TokenDiscovery.of(document, OAuthClient.basicSecret("me", "canary-secret"))
            .scope("system/*.read")
            .hosts(List.of(hosts));
    return new ClientInvocation(Duration.ofHours(5), now::get)
        .client(server.url())
        .auth(Auth.clientCredentials(discovery))
        .build();
  }

  @Test
  void theEndpointIsLookedUpOnceAndWithoutCredentials() {
    try (var tokens = new FaultServer(json(TOKEN));
        var server =
            new FaultServer(
                json("{\"token_endpoint\":\"" + tokens.url() + "/token\"}"),
                json("[]"),
                status(401, "expired"),
                json("[]"));
        var client = client(server)) {
      Failing.items(client);
      now.set(now.get().plusSeconds(60));
      Failing.items(client);

      assertThat(server.targets())
          .containsExactly("/.well-known/smart-configuration", "/items", "/items", "/items");
      assertThat(server.received().getFirst().header("authorization")).isEmpty();
      assertThat(server.received().getLast().header("authorization")).isEqualTo("Bearer first");
      assertThat(tokens.targets()).containsExactly("/token", "/token");
      assertThat(tokens.received().getFirst().body())
          .isEqualTo("scope=system%2F%2A.read&grant_type=client_credentials");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"authorization_endpoint\":\"https://x/y\"}",
        "{\"token_endpoint\":\"not a URL\"}",
        "{\"token_endpoint\":\"http://example.com/token\"}",
        "{\"token_endpoint\":\"file:/etc/passwd\"}"
      })
  void aDocumentThatLeadsNowhereIsAMistakeOfTheConfiguration(String document) {
    try (var server = new FaultServer(json(document));
        var client = client(server)) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void secretGoesToNoOtherHostThanThatOfTheDocumentAndThoseThatAreNamed() {
    try (var tokens = new FaultServer(json(TOKEN));
        var server = new FaultServer(json(endpoint(tokens)), json("[]"))) {
      try (var client = client(server, "login.example.com")) {
        var failure = Failing.failure(client);

        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(failure).hasMessageContaining("localhost").hasMessageContaining("'token_hosts'");
        assertThat(tokens.received()).isEmpty();
      }
    }
    try (var tokens = new FaultServer(json(TOKEN));
        var server = new FaultServer(json(endpoint(tokens)), json("[]"));
        var client = client(server, "login.example.com", "LocalHost")) {
      Failing.items(client);

      assertThat(tokens.received()).hasSize(1);
    }
  }

  private static String endpoint(FaultServer tokens) {
    return "{\"token_endpoint\":\"http://localhost:%d/token\"}".formatted(tokens.url().getPort());
  }

  @ParameterizedTest
  @CsvSource({
    "client_secret_post, POSTED",
    "client_secret_post private_key_jwt, POSTED",
    "client_secret_post client_secret_basic, BASIC",
    "private_key_jwt, BASIC",
    "'', BASIC"
  })
  void secretIsPostedWhereNothingElseIsTaken(String methods, String way) {
    String supported = "\"" + methods.replace(" ", "\",\"") + "\"";
    try (var tokens = new FaultServer(json(TOKEN));
        var server =
            new FaultServer(
                json(
                    "{\"token_endpoint\":\"%s/token\",\"token_endpoint_auth_methods_supported\":[%s]}"
                        .formatted(tokens.url(), supported)),
                json("[]"));
        var client = client(server)) {
      Failing.items(client);

      var asked = tokens.received().getFirst();
      assertThat(asked.body().contains("client_secret=canary-secret"))
          .isEqualTo(way.equals("POSTED"));
      assertThat(asked.header("authorization").isEmpty()).isEqualTo(way.equals("POSTED"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 503})
  void aDocumentThatIsNotThereIsSaid(int status) {
    try (var server = new FaultServer(status(status, "canary-secret"));
        var client = client(server)) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(status == 404 ? Kind.CONFIGURATION : Kind.TRANSIENT);
      assertThat(failure)
          .hasMessageContaining("smart-configuration: status " + status)
          .hasMessageNotContaining("canary-secret");
    }
  }
}
