package dev.sluice.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An access token, fetched when the first request needs it, and again shortly before it ends. */
final class TokenCredentials implements Credentials {
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final TokenEndpoint endpoint;
  private final TokenRequests requests;
  private final Secrets secrets;
  private Optional<String> refreshToken;
  private Instant freshUntil = Instant.MIN;
  private volatile Map<String, String> headers = Map.of();

  TokenCredentials(
      TokenEndpoint endpoint,
      Optional<String> refreshToken,
      TokenRequests requests,
      Secrets secrets) {
    this.endpoint = endpoint;
    this.refreshToken = refreshToken;
    this.requests = requests;
    this.secrets = secrets;
  }

  @Override
  public synchronized void prepare() throws Failure {
    Instant now = requests.clock().instant();
    if (now.isBefore(freshUntil)) {
      return;
    }
    var form = new LinkedHashMap<>(endpoint.parameters());
    form.putAll(endpoint.client().form(endpoint.url(), now));
    refreshToken.ifPresent(token -> form.put("refresh_token", token));
    accept(requests.ask(form), now);
  }

  private void accept(JsonNode answer, Instant now) {
    String token =
        TokenRequests.text(answer, "access_token")
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () ->
                    ConnectorException.protocol(
                        "%s: the answer has no access_token".formatted(endpoint.url())));
    secrets.add(token);
    var rotated = TokenRequests.text(answer, "refresh_token");
    if (refreshToken.isPresent() && rotated.isPresent()) {
      secrets.add(rotated.get());
      refreshToken = rotated;
    }
    headers = Map.of("Authorization", "Bearer " + token);
    freshUntil = TokenRequests.text(answer, "expires_in").map(s -> end(s, now)).orElse(Instant.MAX);
  }

  /** A little before the token ends; one that lives for a minute at most is used for half of it. */
  private static Instant end(String expiresIn, Instant now) {
    try {
      var lifetime =
          Duration.ofSeconds(Math.clamp((long) Double.parseDouble(expiresIn), 0, 1L << 32));
      var half = lifetime.dividedBy(2);
      return now.plus(lifetime.minus(half.compareTo(MARGIN) < 0 ? half : MARGIN));
    } catch (NumberFormatException e) {
      return Instant.MAX; // a 401 will tell
    }
  }

  @Override
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public synchronized boolean refresh() {
    freshUntil = Instant.MIN;
    return true;
  }

  @Override
  public void close() {
    requests.close();
  }
}
