package dev.sluice.rest.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sluice.rest.auth.SigningKey.Algorithm;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_772_366_400);

  private static KeyPair keys(Algorithm algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case RS256, RS384 -> {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        yield generator.generateKeyPair();
      }
      case ES384 -> {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp384r1"));
        yield generator.generateKeyPair();
      }
    };
  }

  private static String pem(KeyPair keys) {
    String base64 = Base64.getMimeEncoder().encodeToString(keys.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
  }

  @ParameterizedTest
  @EnumSource(Algorithm.class)
  void assertionNamesTheClientAndIsVerifiedByThePublicKey(Algorithm algorithm)
      throws GeneralSecurityException {
    var keys = keys(algorithm);
    var client =
        OAuthClient.signed("me", SigningKey.pem(algorithm, "key-1", pem(keys)), () -> "id-1");

    var form = client.form(URI.create("https://login/token"), NOW);
    var parts = List.of(form.getOrDefault("client_assertion", "").split("\\.", -1));

    assertThat(form)
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(text(parts.get(0)))
        .isEqualTo("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"key-1\"}");
    assertThat(text(parts.get(1)))
        .isEqualTo(
            "{\"iss\":\"me\",\"sub\":\"me\",\"aud\":\"https://login/token\",\"iat\":1772366340,"
                + "\"exp\":1772366640,\"jti\":\"id-1\"}");
    var signature =
        Signature.getInstance(
            switch (algorithm) {
              case RS256 -> "SHA256withRSA";
              case RS384 -> "SHA384withRSA";
              case ES384 -> "SHA384withECDSAinP1363Format";
            });
    signature.initVerify(keys.getPublic());
    signature.update((parts.get(0) + "." + parts.get(1)).getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts.get(2)))).isTrue();
  }

  private static String text(String base64) {
    return new String(Base64.getUrlDecoder().decode(base64), US_ASCII);
  }

  @Test
  void everyAssertionHasAnIdentifierOfItsOwn() throws GeneralSecurityException {
    var client =
        OAuthClient.signed("me", SigningKey.pem(Algorithm.ES384, "k", pem(keys(Algorithm.ES384))));
    var url = URI.create("https://login/token");

    assertThat(client.form(url, NOW)).isNotEqualTo(client.form(url, NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "c4nary", "-----BEGIN PRIVATE KEY-----\nYzRuYXJ5\n-----END"})
  void whatIsNoKeyIsRefusedWithoutBeingQuoted(String pem) {
    assertThatThrownBy(() -> SigningKey.pem(Algorithm.RS384, "key-1", pem))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("key-1")
        .hasMessageNotContaining("c4nary")
        .hasNoCause();
  }

  @Test
  void keyOfAnotherAlgorithmIsRefused() throws GeneralSecurityException {
    String pem = pem(keys(Algorithm.ES384));

    assertThatThrownBy(() -> SigningKey.pem(Algorithm.RS384, "key-1", pem))
        .isInstanceOf(ConnectorException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp521r1"})
  void keyOnAnotherCurveIsRefused(String curve) throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    String pem = pem(generator.generateKeyPair());

    assertThatThrownBy(() -> SigningKey.pem(Algorithm.ES384, "key-1", pem))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("key-1")
        .hasMessageContaining("P-384");
  }

  @Test
  void rsaKeyThatIsTooShortIsRefused() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    String pem = pem(generator.generateKeyPair());

    assertThatThrownBy(() -> SigningKey.pem(Algorithm.RS384, "key-1", pem))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("1024 bits")
        .hasMessageContaining("2048");
  }

  /** In the older form of RSA keys, which is the newer one without its first 26 bytes. */
  private static String olderPem(KeyPair keys) {
    byte[] encoded = keys.getPrivate().getEncoded();
    String base64 =
        Base64.getMimeEncoder().encodeToString(Arrays.copyOfRange(encoded, 26, encoded.length));
    return "-----BEGIN RSA PRIVATE KEY-----\n" + base64 + "\n-----END RSA PRIVATE KEY-----\n";
  }

  @Test
  void everyUsualFormOfAKeyIsTheSameKey() throws GeneralSecurityException {
    var keys = keys(Algorithm.RS256);
    String expected = SigningKey.pem(Algorithm.RS256, pem(keys)).applicationToken("me", NOW);

    for (String pem : List.of(pem(keys), olderPem(keys))) {
      for (String form :
          List.of(
              pem,
              "Subject: me\n" + pem.replace("\n", "\r\n"),
              pem.replace("\r", "").replace("\n", "\\n"),
              pem.replace("\r", "").replace("\n", "\\r\\n"),
              pem.replaceAll("[\r\n]+", " ").strip())) {
        assertThat(SigningKey.pem(Algorithm.RS256, form).applicationToken("me", NOW))
            .as(form.replaceAll("[^-]{80,}", "..."))
            .isEqualTo(expected);
      }
    }
  }

  static Stream<Arguments> unusable() {
    return Stream.of(
        arguments("/etc/keys/c4nary.pem", "is not in PEM"),
        arguments("-----BEGIN PRIVATE KEY-----\nc4nary", "is not in PEM"),
        arguments(block("PUBLIC KEY", "c4nary"), "is not in PEM"),
        arguments(block("ENCRYPTED PRIVATE KEY", "c4nary"), "is encrypted"),
        arguments(
            block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES,0\n\nc4nary"),
            "is encrypted"),
        arguments(block("EC PRIVATE KEY", "c4nary"), "form 'EC PRIVATE KEY'"),
        arguments(block("OPENSSH PRIVATE KEY", "c4nary"), "form 'OPENSSH PRIVATE KEY'"),
        arguments(block("PRIVATE KEY", "c4nary!"), "is damaged"),
        arguments(block("RSA PRIVATE KEY", "YzRuYXJ5"), "is no RSA key"),
        arguments(block("RSA PRIVATE KEY", ""), "is no RSA key"));
  }

  private static String block(String label, String content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, content, label);
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void whyAKeyCannotBeUsedIsSaidWithoutQuotingIt(String pem, String why) {
    assertThatThrownBy(() -> SigningKey.pem(Algorithm.RS256, pem))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
        .hasMessageStartingWith("The private key ")
        .hasMessageContaining(why)
        .hasMessageNotContaining("c4nary")
        .hasNoCause();
  }
}
