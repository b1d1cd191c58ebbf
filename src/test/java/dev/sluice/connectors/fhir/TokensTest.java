package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.testkit.Call;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a server is told who asks. */
class TokensTest {
  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static FhirStandIn server() {
    var server = FhirStandIn.start(ServerStyle.HAPI, "Patient");
    server
        .api()
        .store("Patient")
        .put("1", Instant.parse("2026-03-02T08:00:00Z"), Resources.ofType("Patient", 0));
    return server;
  }

  private static KeyPair keys(String algorithm) throws Exception {
    var generator = KeyPairGenerator.getInstance(algorithm.equals("RS384") ? "RSA" : "EC");
    if (algorithm.equals("RS384")) {
      generator.initialize(2048);
    } else {
      generator.initialize(new ECGenParameterSpec("secp384r1"));
    }
    return generator.generateKeyPair();
  }

  private static String pem(KeyPair keys) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static Map<String, String> form(Call call) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : call.body().split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private static JsonNode json(String base64) throws Exception {
    return Resources.MAPPER.readTree(Base64.getUrlDecoder().decode(base64));
  }

  @ParameterizedTest
  @CsvSource({"RS384,SHA384withRSA", "ES384,SHA384withECDSAinP1363Format"})
  void aBackendServiceFindsTheTokenEndpointAndSignsItsAssertion(String algorithm, String signature)
      throws Exception {
    KeyPair keys = keys(algorithm);
    try (var server = server()) {
      Options connection = backendService(server, keys, algorithm);

      var read = FhirInvocation.first().read(connection, "Patient", Options.NONE);

      assertThat(read.ids()).containsExactly("1");
      assertThat(server.tokens().asked()).hasSize(1);
      Map<String, String> form = form(server.tokens().asked().getFirst());
      assertThat(form)
          .containsEntry("grant_type", "client_credentials")
          .containsEntry("scope", "system/*.read")
          .containsEntry("client_assertion_type", JWT_BEARER);
      String[] token = form.getOrDefault("client_assertion", "").split("\\.", -1);
      JsonNode header = json(token[0]);
      JsonNode claims = json(token[1]);
      assertThat(header.path("alg").asText()).isEqualTo(algorithm);
      assertThat(header.path("kid").asText()).isEqualTo("key-1");
      assertThat(claims.path("iss").asText()).isEqualTo("sluice");
      assertThat(claims.path("sub").asText()).isEqualTo("sluice");
      assertThat(claims.path("aud").asText()).isEqualTo(server.tokens().url().toString());
      assertThat(claims.path("iat").asLong()).isEqualTo(FhirInvocation.NOW.getEpochSecond() - 60);
      assertThat(claims.path("exp").asLong())
          .isBetween(
              FhirInvocation.NOW.getEpochSecond(), FhirInvocation.NOW.getEpochSecond() + 300);
      var verifier = Signature.getInstance(signature);
      verifier.initVerify(keys.getPublic());
      verifier.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
      assertThat(verifier.verify(Base64.getUrlDecoder().decode(token[2]))).isTrue();
    }
  }

  private static Options backendService(FhirStandIn server, KeyPair keys, String algorithm) {
    return Options.of(
        Map.of(
            "base_url", server.baseUrl().toString(),
            "auth_type", "jwt_assertion",
            "client_id", "sluice",
            "kid", "key-1",
            "private_key_pem", pem(keys),
            "private_key_algorithm", algorithm,
            "scope", "system/*.read"));
  }

  @Test
  void anAssertionMayBeForAnotherAudience() throws Exception {
    try (var server = server()) {
      Options connection =
          backendService(server, keys("ES384"), "ES384").with("audience", "https://issuer.example");

      FhirInvocation.first().read(connection, "Patient", Options.NONE);

      assertThat(claims(server.tokens().asked().getFirst()).path("aud").asText())
          .isEqualTo("https://issuer.example");
    }
  }

  @Test
  void aTokenEndpointOnAnotherHostHasToBeNamed() throws Exception {
    try (var server = server()) {
      Options connection =
          backendService(server, keys("ES384"), "ES384")
              .with("base_url", server.baseUrl().toString().replace("127.0.0.1", "localhost"));

      assertThatThrownBy(() -> FhirInvocation.first().read(connection, "Patient", Options.NONE))
          .hasMessageContaining("'token_hosts'");
      FhirInvocation.first()
          .read(
              connection.with("token_hosts", "login.example.com, 127.0.0.1"),
              "Patient",
              Options.NONE);

      assertThat(server.tokens().asked()).hasSize(1);
    }
  }

  @Test
  void noAssertionIsUsedTwice() throws Exception {
    KeyPair keys = keys("ES384");
    try (var server = server()) {
      server.wire().beforeRequest(2, server.tokens()::revoke);

      FhirInvocation.first().read(backendService(server, keys, "ES384"), "Patient", Options.NONE);

      assertThat(server.tokens().asked())
          .hasSize(2)
          .extracting(call -> claims(call).path("jti").asText())
          .doesNotHaveDuplicates()
          .allMatch(identifier -> !identifier.isBlank());
    }
  }

  private static JsonNode claims(Call call) throws Exception {
    return json(form(call).getOrDefault("client_assertion", "").split("\\.", -1)[1]);
  }

  @Test
  void aTokenThatIsRefusedInMidRunIsAskedForAgain() {
    try (var server = server()) {
      server.wire().beforeRequest(2, server.tokens()::revoke);

      var read = FhirInvocation.first().read(server.connection(), "Patient", Options.NONE);

      assertThat(read.ids()).containsExactly("1");
      assertThat(server.tokens().asked()).hasSize(2);
    }
  }

  @Test
  void aClientsSecretGoesToTheTokenEndpointOnly() {
    try (var server = server()) {
      FhirInvocation.first().read(server.connection(), "Patient", Options.NONE);

      String credential =
          Base64.getEncoder()
              .encodeToString(("sluice:" + FhirStandIn.SECRET).getBytes(StandardCharsets.UTF_8));
      assertThat(server.tokens().asked().getFirst().header("authorization"))
          .contains("Basic " + credential);
      assertThat(form(server.tokens().asked().getFirst())).doesNotContainKey("scope");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_id", "kid", "private_key_pem", "scope"})
  void whatABackendServiceLacksIsNamedWhenTheConnectorIsMade(String missing) throws Exception {
    Map<String, String> options =
        new TreeMap<>(
            Map.of(
                "base_url", "https://localhost",
                "auth_type", "jwt_assertion",
                "client_id", "sluice",
                "kid", "key-1",
                "private_key_pem", pem(keys("ES384")),
                "private_key_algorithm", "ES384",
                "scope", "system/*.read"));
    options.remove(missing);

    assertThatThrownBy(
            () -> new FhirProvider().create(FhirInvocation.first().context(Options.of(options))))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("Missing option '" + missing + "'");
  }

  @Test
  void aKeyThatIsNoneIsRefusedWithoutBeingQuoted() {
    Options options =
        Options.of(
            Map.of(
                "base_url", "https://localhost",
                "auth_type", "jwt_assertion",
                "client_id", "sluice",
                "kid", "key-1",
                "private_key_pem", "canary-key",
                "scope", "system/*.read"));

    assertThatThrownBy(() -> new FhirProvider().create(FhirInvocation.first().context(options)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageNotContaining("canary-key");
  }

  @Test
  void aTokenEndpointKeepsItsSlash() throws Exception {
    KeyPair keys = keys("ES384");
    try (var server = server()) {
      String url = server.tokens().url() + "/";

      FhirInvocation.first()
          .read(
              backendService(server, keys, "ES384").with("token_url", url),
              "Patient",
              Options.NONE);

      Call asked = server.tokens().asked().getFirst();
      assertThat(asked.path()).isEqualTo("/token/");
      assertThat(claims(asked).path("aud").asText()).isEqualTo(url);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "none,client_secret,auth_type: client_secret",
    "none,private_key_pem,auth_type: jwt_assertion",
    "none,kid,auth_type: jwt_assertion",
    "none,client_id,auth_type: client_secret",
    "none,scope,auth_type: jwt_assertion",
    "client_secret,private_key_pem,auth_type: jwt_assertion",
    "jwt_assertion,client_secret,auth_type: client_secret"
  })
  void aCredentialForAnotherWayInIsRefusedByName(String authType, String option, String remedy) {
    Options options =
        Options.of(
            Map.of("base_url", "https://localhost", "auth_type", authType, option, "c4nary"));

    assertThatThrownBy(() -> new FhirProvider().create(FhirInvocation.first().context(options)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("Option '" + option + "' is not used with 'auth_type: " + authType)
        .hasMessageContaining(remedy)
        .hasMessageNotContaining("c4nary");
  }

  @Test
  void aSecretWithoutAnAuthTypeIsTheMistakeThatIsNamed() {
    Options options =
        Options.of(
            Map.of(
                "base_url", "https://localhost",
                "client_id", "sluice",
                "client_secret", "c4nary",
                "token_url", "https://localhost/token"));

    assertThatThrownBy(() -> new FhirProvider().create(FhirInvocation.first().context(options)))
        .hasMessage(
            "Option 'client_secret' is not used with 'auth_type: none': set 'auth_type:"
                + " client_secret', or remove it");
  }

  @Test
  void keysAndSecretsAreDeclaredSecret() {
    assertThat(new FhirProvider().connectionOptions().stream().filter(Option::isSecret))
        .extracting(Option::name)
        .containsExactlyInAnyOrder("client_secret", "private_key_pem", "client_key");
  }
}
