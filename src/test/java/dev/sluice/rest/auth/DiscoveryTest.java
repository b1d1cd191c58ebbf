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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Token endpoints that the source names. */
class DiscoveryTest {
  private static final String TOKEN = "{\"access_token\":\"first\",\"expires_in\":300}";

  private static ApiClient client(FaultServer server) {
    var document = URI.create(server.url() + "/.well-known/smart-configuration");
    var discovery =
        TokenDiscovery.of(document, OAuthClient.basicSecret("me", "canary-secret"))
            .scope("system/*.read");
    return new ClientInvocation()
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
