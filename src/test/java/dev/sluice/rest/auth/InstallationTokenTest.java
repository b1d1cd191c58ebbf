package dev.sluice.rest.auth;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.SigningKey.Algorithm;
import dev.sluice.rest.http.Failing;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for an installation of an application, from a server that verifies what was signed. */
class InstallationTokenTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final KeyPair KEYS = keys();

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static SigningKey key() {
    String base64 = Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded());
    return SigningKey.pem(
        Algorithm.RS256,
        "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }

  private ApiClient client(FaultServer server) {
    var endpoint = URI.create(server.url() + "/app/installations/77/access_tokens");
    return new ClientInvocation(Duration.ofHours(5), now::get)
        .client(server.url())
        .auth(Auth.installationToken(endpoint, "Iv23li", key()))
        .build();
  }

  /** The endpoint's answer to a good signature, else what GitHub says to a bad one. */
  private static FaultServer.Answer token(String token, Instant end) {
    var good = status(201, "{\"token\":\"%s\",\"expires_at\":\"%s\"}".formatted(token, end));
    var bad = status(401, "{\"message\":\"A JSON web token could not be decoded\"}");
    return (request, connection) -> (isSigned(request) ? good : bad).play(request, connection);
  }

  private static boolean isSigned(FaultServer.Received request) {
    var parts = parts(request);
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEYS.getPublic());
      signature.update((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts.get(2)));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static List<String> parts(FaultServer.Received request) {
    return List.of(request.header("authorization").replace("Bearer ", "").split("\\.", -1));
  }

  private static String text(String base64) {
    return new String(Base64.getUrlDecoder().decode(base64), US_ASCII);
  }

  private static List<String> asked(FaultServer server) {
    return server.received().stream()
        .map(
            r ->
                r.method().equals("POST")
                    ? "token"
                    : r.target() + " by " + r.header("authorization").replace("Bearer ", ""))
        .toList();
  }

  @Test
  void applicationAsksWithATokenThatItHasSigned() {
    try (var server = new FaultServer(token("first", NOW.plusSeconds(3600)), json("[{}]"));
        var client = client(server)) {
      assertThat(Failing.items(client)).hasSize(1);

      var request = server.received().getFirst();
      assertThat(request.method()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/app/installations/77/access_tokens");
      assertThat(request.header("content-type")).startsWith("application/json");
      assertThat(request.body()).isEqualTo("{}");
      assertThat(text(parts(request).get(0))).isEqualTo("{\"alg\":\"RS256\",\"typ\":\"JWT\"}");
      assertThat(text(parts(request).get(1)))
          .isEqualTo("{\"iss\":\"Iv23li\",\"iat\":1772366340,\"exp\":1772366880}");
      assertThat(asked(server)).containsExactly("token", "/items by first");
    }
  }

  @Test
  void tokenIsUsedUntilHalfAMinuteBeforeItsEnd() {
    Instant end = NOW.plusSeconds(3600);
    try (var server =
            new FaultServer(
                token("first", end),
                json("[]"),
                json("[]"),
                token("second", end.plusSeconds(3600)),
                json("[]"));
        var client = client(server)) {
      Failing.items(client);
      now.set(end.minusSeconds(31));
      Failing.items(client);
      now.set(end.minusSeconds(30));
      Failing.items(client);

      assertThat(asked(server))
          .containsExactly(
              "token", "/items by first", "/items by first", "token", "/items by second");
    }
  }

  @Test
  void tokenThatEndsBetweenTwoPagesIsReplacedAndThePageRepeated() {
    var listing = Listing.of(Request.get("items")).paginated(Pagination.linkHeader());
    try (var server =
            new FaultServer(
                token("first", NOW.plusSeconds(3600)),
                json("[{\"id\":1}]", "Link: </items?page=2>; rel=\"next\""),
                status(401, "{\"message\":\"Bad credentials\"}"),
                token("second", NOW.plusSeconds(7200)),
                json("[{\"id\":2}]"));
        var client = client(server)) {
      var next = client.page(listing, listing.request()).next().orElseThrow();
      now.set(NOW.plusSeconds(60));

      assertThat(Failing.texts(client.page(listing, next))).containsExactly("{\"id\":2}");
      assertThat(asked(server))
          .containsExactly(
              "token",
              "/items by first",
              "/items?page=2 by first",
              "token",
              "/items?page=2 by second");
    }
  }

  @Test
  void tokenThatIsRefusedAgainIsAccessDenied() {
    try (var server =
            new FaultServer(
                token("first", NOW.plusSeconds(3600)),
                json("[]"),
                status(401, "Bad credentials"),
                token("second", NOW.plusSeconds(3600)),
                status(401, "Bad credentials"));
        var client = client(server)) {
      Failing.items(client);
      now.set(NOW.plusSeconds(60));

      assertThat(Failing.failure(client).isAccessDenied()).isTrue();
      assertThat(asked(server))
          .startsWith("token", "/items by first", "/items by first", "token", "/items by second")
          .endsWith("/items by second")
          .filteredOn("token"::equals)
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-01T11:00:00Z", "in an hour", ""})
  void endThatTellsNothingIsLeftToTheRefusal(String end) {
    String answer = "{\"token\":\"first\",\"expires_at\":\"" + end + "\"}";
    try (var server = new FaultServer(status(201, answer), json("[]"));
        var client = client(server)) {
      Failing.items(client);
      Failing.items(client);

      assertThat(asked(server)).containsExactly("token", "/items by first", "/items by first");
    }
  }

  @Test
  void signatureThatIsNotAcceptedNamesWhatToCorrect() {
    try (var server = new FaultServer(status(401, "{\"message\":\"could not be decoded\"}"));
        var client = client(server)) {
      var failure = Failing.failure(client);

      assertThat(failure.isAccessDenied()).isTrue();
      assertThat(failure)
          .hasMessageContaining("could not be decoded")
          .hasMessageContaining("application 'Iv23li'")
          .hasMessageContaining("private key");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void installationThatThereIsNotNamesWhatToCorrect() {
    try (var server = new FaultServer(status(404, "{\"message\":\"Not Found\"}"));
        var client = client(server)) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure)
          .hasMessageContaining("/app/installations/77/access_tokens: status 404")
          .hasMessageContaining("correct the installation's identifier");
    }
  }

  @Test
  void answerWithoutATokenIsAProtocolError() {
    try (var server = new FaultServer(status(201, "{\"access_token\":\"x\"}"));
        var client = client(server)) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.PROTOCOL);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 418, 503})
  void neitherWhatWasSignedNorTheTokenIsInAMessage(int status) {
    FaultServer.Answer echo =
        (request, connection) ->
            status(status, "{\"message\":\"" + request.header("authorization") + "\"}")
                .play(request, connection);
    try (var server = new FaultServer(echo, token("c4nary", NOW.plusSeconds(99)), echo);
        var client = client(server)) {
      var failures = List.of(Failing.failure(client), Failing.failure(client));

      assertThat(failures)
          .allSatisfy(
              e ->
                  assertThat(e)
                      .hasMessageContaining("***")
                      .hasMessageNotContaining("c4nary")
                      .hasMessageNotContaining("eyJ"));
      assertThat(new AccessToken("c4nary", Optional.empty()).toString()).doesNotContain("c4nary");
    }
  }
}
