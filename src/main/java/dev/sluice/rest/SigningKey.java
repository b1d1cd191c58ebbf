package dev.sluice.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.ConnectorException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A private key that signs assertions. Does not print itself. */
public final class SigningKey {
  private static final Duration LIFETIME = Duration.ofMinutes(4);

  /** How a key signs (RFC 7518). */
  public enum Algorithm {
    RS384("RSA", "SHA384withRSA"),
    ES384("EC", "SHA384withECDSAinP1363Format");

    private final String key;
    private final String signature;

    Algorithm(String key, String signature) {
      this.key = key;
      this.signature = signature;
    }
  }

  private final Algorithm algorithm;
  private final String id;
  private final PrivateKey key;

  private SigningKey(Algorithm algorithm, String id, PrivateKey key) {
    this.algorithm = algorithm;
    this.id = id;
    this.key = key;
  }

  /**
   * A key in PEM, which begins with {@code -----BEGIN PRIVATE KEY-----} (PKCS #8, not encrypted).
   *
   * @param id under which the source knows the key ({@code kid})
   */
  public static SigningKey pem(Algorithm algorithm, String id, String pem) {
    try {
      String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
      var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
      return new SigningKey(
          algorithm, id, KeyFactory.getInstance(algorithm.key).generatePrivate(encoded));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      // without the cause, which may quote the key
      throw ConnectorException.configuration(
          "The private key '%s' is no %s key in PEM; it begins with -----BEGIN PRIVATE KEY-----"
              .formatted(id, algorithm.key));
    }
  }

  /** A JSON web token by which a client names itself to one endpoint, for a few minutes. */
  String assertion(String client, URI endpoint, Instant now, String tokenId) {
    ObjectNode header =
        JsonNodeFactory.instance
            .objectNode()
            .put("alg", algorithm.name())
            .put("typ", "JWT")
            .put("kid", id);
    ObjectNode claims =
        JsonNodeFactory.instance
            .objectNode()
            .put("iss", client)
            .put("sub", client)
            .put("aud", endpoint.toString())
            .put("iat", now.getEpochSecond())
            .put("exp", now.plus(LIFETIME).getEpochSecond())
            .put("jti", tokenId);
    String content = base64(header.toString()) + "." + base64(claims.toString());
    return content + "." + base64(sign(content));
  }

  private byte[] sign(String content) {
    try {
      var signature = Signature.getInstance(algorithm.signature);
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw ConnectorException.configuration(
          "The private key '%s' cannot sign by %s".formatted(id, algorithm), e);
    }
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
