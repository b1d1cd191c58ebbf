package dev.sluice.rest.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A private key that signs assertions. Its text form hides the key. */
@ConnectorApi
public final class SigningKey {
  private static final int LEAST_RSA_BITS = 2048;
  private static final int ES384_BITS = 384;
  private static final Duration LIFETIME = Duration.ofMinutes(4);
  private static final Duration DRIFT = Duration.ofMinutes(1);
  private static final Duration APPLICATION_LIFETIME = Duration.ofMinutes(8);

  /** The algorithm by which a key signs (RFC 7518). */
  public enum Algorithm {
    RS256("RSA", "SHA256withRSA"),
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
  private final Optional<String> id;
  private final PrivateKey key;

  private SigningKey(Algorithm algorithm, Optional<String> id, PrivateKey key) {
    this.algorithm = algorithm;
    this.id = id;
    this.key = key;
  }

  /**
   * Reads a key in PEM, not encrypted: it begins with {@code -----BEGIN PRIVATE KEY-----} (PKCS #8)
   * or {@code -----BEGIN RSA PRIVATE KEY-----} (PKCS #1).
   *
   * @param id under which the source knows the key ({@code kid})
   */
  public static SigningKey pem(Algorithm algorithm, String id, String pem) {
    return pem(algorithm, Optional.of(id), pem);
  }

  /**
   * Does the same as {@link #pem(Algorithm, String, String)}, for a source whose keys have no
   * identifiers.
   */
  public static SigningKey pem(Algorithm algorithm, String pem) {
    return pem(algorithm, Optional.empty(), pem);
  }

  private static SigningKey pem(Algorithm algorithm, Optional<String> id, String pem) {
    try {
      return new SigningKey(algorithm, id, privateKey(algorithm, Pem.privateKey(pem)));
    } catch (InvalidKeySpecException e) {
      throw ConnectorException.configuration(named(id) + " " + e.getMessage());
    }
  }

  private static PrivateKey privateKey(Algorithm algorithm, PKCS8EncodedKeySpec encoded)
      throws InvalidKeySpecException {
    PrivateKey key;
    try {
      key = KeyFactory.getInstance(algorithm.key).generatePrivate(encoded);
    } catch (GeneralSecurityException e) {
      // without the cause, which may quote the key
      throw new InvalidKeySpecException("is no %s key, or is damaged".formatted(algorithm.key));
    }
    requireFit(algorithm, key);
    return key;
  }

  private static void requireFit(Algorithm algorithm, PrivateKey key)
      throws InvalidKeySpecException {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      throw new InvalidKeySpecException(
          "has %d bits, and %s takes no RSA key of fewer than %d"
              .formatted(rsa.getModulus().bitLength(), algorithm, LEAST_RSA_BITS));
    }
    if (key instanceof ECKey ec
        && ec.getParams().getCurve().getField().getFieldSize() != ES384_BITS) {
      throw new InvalidKeySpecException(
          "is on a curve of %d bits, and %s takes a key on P-384 (secp384r1)"
              .formatted(ec.getParams().getCurve().getField().getFieldSize(), algorithm));
    }
  }

  private static String named(Optional<String> id) {
    return id.map("The private key '%s'"::formatted).orElse("The private key");
  }

  /**
   * Returns a JSON web token by which a client identifies itself to one audience, for a few
   * minutes, even when the clocks differ by one minute.
   */
  String assertion(String client, String audience, Instant now, String tokenId) {
    return token(
        JsonNodeFactory.instance
            .objectNode()
            .put("iss", client)
            .put("sub", client)
            .put("aud", audience)
            .put("iat", now.minus(DRIFT).getEpochSecond())
            .put("exp", now.plus(LIFETIME).getEpochSecond())
            .put("jti", tokenId));
  }

  /**
   * Returns a JSON web token by which an application identifies itself. It is valid for a source
   * that allows ten minutes, even when its clock differs from ours by one minute.
   */
  String applicationToken(String application, Instant now) {
    return token(
        JsonNodeFactory.instance
            .objectNode()
            .put("iss", application)
            .put("iat", now.minus(DRIFT).getEpochSecond())
            .put("exp", now.plus(APPLICATION_LIFETIME).getEpochSecond()));
  }

  private String token(ObjectNode claims) {
    ObjectNode header =
        JsonNodeFactory.instance.objectNode().put("alg", algorithm.name()).put("typ", "JWT");
    id.ifPresent(kid -> header.put("kid", kid));
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
          "%s cannot sign by %s".formatted(named(id), algorithm), e);
    }
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
