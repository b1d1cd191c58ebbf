package dev.sluice.connectors.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A GitHub App with one installation: takes its signed tokens and gives installation tokens for
 * them. Safe for use from any thread.
 */
public final class GitHubApp {
  public static final String ID = "1234567";
  public static final String INSTALLATION = "87654321";

  private static final String PATH = "/app/installations/";
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Duration LIFETIME = Duration.ofHours(1);

  /** How long the bytes are that PKCS#8 puts before a 2048-bit key of PKCS#1. */
  private static final int PKCS8_HEADER = 26;

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final KeyPair KEYS = keys();
  private static final KeyPair OTHER_KEYS = keys();

  private final InstantSource clock;
  private final Map<String, Instant> expiries = new HashMap<>();
  private int issued;

  GitHubApp(InstantSource clock) {
    this.clock = clock;
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The App's private key the way GitHub gives it out: PEM of PKCS#1. */
  public static String privateKey() {
    return pkcs1(KEYS);
  }

  /** The same key as other programs write it: PEM of PKCS#8. */
  public static String privateKeyAsPkcs8() {
    return pem("PRIVATE KEY", KEYS.getPrivate().getEncoded());
  }

  /** A key in good order, of another App. */
  public static String foreignPrivateKey() {
    return pkcs1(OTHER_KEYS);
  }

  private static String pkcs1(KeyPair keys) {
    byte[] pkcs8 = keys.getPrivate().getEncoded();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_HEADER, pkcs8.length));
  }

  private static String pem(String label, byte[] der) {
    var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, base64.encodeToString(der));
  }

  /** How many installation tokens were given out. */
  public synchronized int issued() {
    return issued;
  }

  /** From now on, no installation token given so far is accepted. */
  public synchronized void revokeTokens() {
    expiries.clear();
  }

  synchronized boolean accepts(String token) {
    return Optional.ofNullable(expiries.get(token))
        .filter(expiry -> clock.instant().isBefore(expiry))
        .isPresent();
  }

  static boolean isFor(Call call) {
    return call.path().startsWith(PATH);
  }

  Reply answer(Call call) {
    try {
      check(call);
    } catch (GitHubRefusal e) {
      return e.reply();
    }
    return call.path().equals(PATH + INSTALLATION + "/access_tokens")
            && call.method().equals("POST")
        ? issue()
        : GitHubRefusal.error(404, "Not Found");
  }

  private synchronized Reply issue() {
    issued++;
    String token = "ghs_canaryOfTheInstallation" + issued;
    Instant expiry = clock.instant().plus(LIFETIME).truncatedTo(ChronoUnit.SECONDS);
    expiries.put(token, expiry);
    return Reply.json(
        201,
        """
        {"token":"%s","expires_at":"%s","permissions":{"issues":"read","metadata":"read","pull_requests":"read"},\
        "repository_selection":"all"}"""
            .formatted(token, expiry));
  }

  private void check(Call call) {
    String[] parts =
        call.header("Authorization").orElse("").replaceFirst("^Bearer ", "").split("\\.", -1);
    if (parts.length != 3 || !isSigned(parts)) {
      throw GitHubRefusal.of(401, "A JSON web token could not be decoded");
    }
    JsonNode claims = decoded(parts[1]);
    Instant now = clock.instant();
    JsonNode issuedAt = claims.path("iat");
    JsonNode expiry = claims.path("exp");
    if (!issuedAt.isIntegralNumber() || issuedAt.asLong() > now.getEpochSecond()) {
      throw GitHubRefusal.of(
          401,
          "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
    }
    if (!expiry.isIntegralNumber() || expiry.asLong() <= now.getEpochSecond()) {
      throw GitHubRefusal.of(
          401,
          "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires");
    }
    if (expiry.asLong() > now.plus(LONGEST).getEpochSecond()) {
      throw GitHubRefusal.of(401, "'Expiration time' claim ('exp') is too far in the future");
    }
    if (!claims.path("iss").asText().equals(ID)) {
      throw GitHubRefusal.of(404, "Integration not found");
    }
  }

  private static boolean isSigned(String[] parts) {
    try {
      if (!decoded(parts[0]).path("alg").asText().equals("RS256")) {
        return false;
      }
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(KEYS.getPublic());
      signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  private static JsonNode decoded(String part) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(part);
      return MAPPER.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
