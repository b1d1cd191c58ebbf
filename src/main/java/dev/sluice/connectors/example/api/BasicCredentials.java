package dev.sluice.connectors.example.api;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * HTTP Basic authentication that knows nobody: any user name and password will do, but not none.
 */
final class BasicCredentials {
  private static final String SCHEME = "Basic ";

  private BasicCredentials() {}

  /** The refusal that a request earns; empty when it may pass. */
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
      return ""; // as good as no credentials
    }
  }
}
