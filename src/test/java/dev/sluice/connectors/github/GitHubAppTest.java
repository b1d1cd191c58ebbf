package dev.sluice.connectors.github;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.connectors.github.GitHubStandIn.Text;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubAppTest {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration NINE_MINUTES = Duration.ofMinutes(9);

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final GitHubStandIn gitHub = GitHubStandIn.start(0, now::get, Text.COMPACT);

  @AfterEach
  void stop() {
    gitHub.close();
  }

  private static String signed(String issuer, Instant issuedAt, Duration lifetime) {
    try {
      String pem = GitHubApp.privateKeyAsPkcs8().replaceAll("-----[A-Z ]+-----|\\s", "");
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
      String claims =
          "{\"iss\":\"%s\",\"iat\":%d,\"exp\":%d}"
              .formatted(
                  issuer, issuedAt.getEpochSecond(), issuedAt.plus(lifetime).getEpochSecond());
      String content = url("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + url(claims);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String url(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private ValidatableResponse ask(String token, String installation) {
    return given()
        .baseUri(gitHub.baseUrl().toString())
        .header("Authorization", "Bearer " + token)
        .post("/app/installations/" + installation + "/access_tokens")
        .then();
  }

  private String installationToken() {
    return ask(signed(GitHubApp.ID, now.get(), NINE_MINUTES), GitHubApp.INSTALLATION)
        .statusCode(201)
        .extract()
        .path("token");
  }

  private ValidatableResponse get(String token, String path) {
    return given()
        .baseUri(gitHub.baseUrl().toString())
        .header("Authorization", "Bearer " + token)
        .get(path)
        .then();
  }

  @Test
  void aSignedTokenIsExchangedForANewOneEachTime() {
    String signed = signed(GitHubApp.ID, NOW.minusSeconds(60), Duration.ofMinutes(10));

    String first =
        ask(signed, GitHubApp.INSTALLATION)
            .statusCode(201)
            .body("token", startsWith("ghs_"))
            .body("expires_at", equalTo("2026-03-02T01:00:00Z"))
            .body("permissions.metadata", equalTo("read"))
            .extract()
            .path("token");
    String second = installationToken();

    assertThat(first).isNotEqualTo(second);
    assertThat(gitHub.app().issued()).isEqualTo(2);
    get(first, "/repos/octo/hello/issues").statusCode(200);
    get(second, "/repos/octo/hello/issues").statusCode(200);
  }

  @Test
  void whatTheAppDidNotSignIsRefused() {
    String signed = signed(GitHubApp.ID, NOW, NINE_MINUTES);
    String[] parts = signed.split("\\.", -1);
    String forged =
        parts[0]
            + "."
            + url("{\"iss\":\"1\",\"iat\":1772409600,\"exp\":1772410000}")
            + "."
            + parts[2];
    for (String token : new String[] {GitHubStandIn.TOKEN, "a.b.c", forged, ""}) {
      ask(token, GitHubApp.INSTALLATION)
          .statusCode(401)
          .body("message", equalTo("A JSON web token could not be decoded"));
    }
    assertThat(gitHub.app().issued()).isZero();
  }

  @Test
  void claimsAreChecked() {
    ask(signed(GitHubApp.ID, NOW, Duration.ofSeconds(601)), GitHubApp.INSTALLATION)
        .statusCode(401)
        .body("message", equalTo("'Expiration time' claim ('exp') is too far in the future"));
    ask(signed(GitHubApp.ID, NOW.minusSeconds(700), NINE_MINUTES), GitHubApp.INSTALLATION)
        .statusCode(401)
        .body("message", startsWith("'Expiration time' claim ('exp') must be"));
    ask(signed(GitHubApp.ID, NOW.plusSeconds(1), NINE_MINUTES), GitHubApp.INSTALLATION)
        .statusCode(401)
        .body("message", startsWith("'Issued at' claim ('iat') must be"));
    ask(signed("7", NOW, NINE_MINUTES), GitHubApp.INSTALLATION)
        .statusCode(404)
        .body("message", equalTo("Integration not found"));
    ask(signed(GitHubApp.ID, NOW, NINE_MINUTES), "7").statusCode(404);
  }

  @Test
  void aTokenEndsAfterAnHourOrWhenItIsRevoked() {
    String token = installationToken();
    now.set(NOW.plus(Duration.ofMinutes(59)));
    get(token, "/repos/octo/hello/issues").statusCode(200);
    now.set(NOW.plus(Duration.ofMinutes(60)));
    get(token, "/repos/octo/hello/issues")
        .statusCode(401)
        .body("message", equalTo("Bad credentials"));

    String next = installationToken();
    gitHub.app().revokeTokens();

    get(next, "/repos/octo/hello/issues").statusCode(401);
    get(installationToken(), "/repos/octo/hello/issues").statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/user", "/user/orgs", "/user/teams", "/user/repos"})
  void anInstallationIsNoUser(String path) {
    get(installationToken(), path)
        .statusCode(403)
        .body("message", equalTo("Resource not accessible by integration"));
    get(GitHubStandIn.TOKEN, path).statusCode(200);
  }

  @Test
  void anInstallationHasRepositories() {
    gitHub.addRepository("octo/other");

    get(installationToken(), "/installation/repositories")
        .body("total_count", equalTo(1))
        .body("repositories[0].full_name", equalTo("octo/other"));
    get(GitHubStandIn.TOKEN, "/installation/repositories").statusCode(403);
  }

  @Test
  void theKeyIsGivenInBothForms() {
    assertThat(GitHubApp.privateKey()).startsWith("-----BEGIN RSA PRIVATE KEY-----\nMII");
    assertThat(GitHubApp.privateKeyAsPkcs8()).startsWith("-----BEGIN PRIVATE KEY-----\nMII");
    assertThat(GitHubApp.foreignPrivateKey()).isNotEqualTo(GitHubApp.privateKey());
  }
}
