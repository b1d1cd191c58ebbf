package dev.sluice.rest.auth;

import dev.sluice.spi.ConnectorApi;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The endpoint that issues access tokens.
 *
 * @param parameters sent with every request for a token, such as {@code scope} or {@code audience}
 */
@ConnectorApi
public record TokenEndpoint(URI url, OAuthClient client, Map<String, String> parameters) {

  public TokenEndpoint {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static TokenEndpoint of(URI url, OAuthClient client) {
    return new TokenEndpoint(url, client, Map.of());
  }

  public TokenEndpoint with(String parameter, String value) {
    var changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, value);
    return new TokenEndpoint(url, client, changed);
  }

  public TokenEndpoint scope(String scope) {
    return with("scope", scope);
  }
}
