package dev.sluice.connectors.example.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Checks HTTP Basic authentication without known users: any user name and password is valid, but
 * there must be one.
 */
final class BasicCredentials {
  private static final String SCHEME = "Basic ";

  private BasicCredentials() {}

  /** Returns the refusal for a request; empty when it may pass. */
  static Optional<ApiAnswer> refusal(ApiRequest request) {
    return request.authorization().filter(BasicCredentials::areGiven).isPresent()
        ? Optional.empty()
        : Optional.of(
            ApiAnswer.error(
                    401, "HTTP Basic authentication with a user name and a password is needed")
                .with("WWW-Authenticate", "Basic realm=\"example\""));
  }

  private static boolean areGiven(String authorization) {
    if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    String[] parts = decoded(authorization.substring(SCHEME.length()).strip()).split(":", 2);
    return parts.length == 2 && !parts[0].isBlank() && !parts[1].isBlank();
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // counts as no credentials
    }
  }
}
