package dev.sluice.rest.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.http.TransportFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A grant of OAuth 2 that sends a form to get a token, with a refresh token where there is one (RFC
 * 6749).
 */
final class OAuthGrant implements Grant {
  private final TokenEndpoint endpoint;
  private final TokenRequests requests;
  private final Secrets secrets;
  private Optional<String> refreshToken;

  OAuthGrant(TokenEndpoint endpoint, Optional<String> refreshToken, TransportFactory transports) {
    this.endpoint = endpoint;
    this.refreshToken = refreshToken;
    this.requests = TokenRequests.to(endpoint.url(), transports);
    this.secrets = transports.secrets();
  }

  @Override
  public AccessToken ask(Instant now) throws RetryableFailure, InterruptedException {
    var form = new LinkedHashMap<>(endpoint.parameters());
    var proof = endpoint.client().form(endpoint.url(), now);
    // valid for some minutes, for anybody who reads it
    Optional.ofNullable(proof.get("client_assertion")).ifPresent(secrets::add);
    form.putAll(proof);
    refreshToken.ifPresent(token -> form.put("refresh_token", token));
    JsonNode answer = requests.ask(form, endpoint.client().headers());
    var rotated = TokenRequests.text(answer, "refresh_token");
    if (refreshToken.isPresent() && rotated.isPresent()) {
      secrets.add(rotated.get());
      refreshToken = rotated;
    }
    return new AccessToken(
        requests.token(answer, "access_token"),
        TokenRequests.text(answer, "expires_in").flatMap(OAuthGrant::seconds));
  }

  private static Optional<Duration> seconds(String text) {
    try {
      return Optional.of(
          Duration.ofSeconds(Math.clamp((long) Double.parseDouble(text), 0, 1L << 32)));
    } catch (NumberFormatException e) {
      return Optional.empty(); // a 401 will show when it has expired
    }
  }

  @Override
  public void close() {
    requests.close();
  }
}
