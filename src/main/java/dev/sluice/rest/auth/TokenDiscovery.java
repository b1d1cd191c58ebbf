package dev.sluice.rest.auth;

import dev.sluice.spi.ConnectorApi;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document in which the source names its token endpoint, such as {@code
 * .well-known/smart-configuration}. It is read without credentials, before the first token.
 *
 * @param document its URL
 * @param field of the document that holds the token endpoint's URL
 * @param parameters sent with every request for a token, such as {@code scope} or {@code audience}
 */
@ConnectorApi
public record TokenDiscovery(
    URI document, String field, OAuthClient client, Map<String, String> parameters) {

  public TokenDiscovery {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static TokenDiscovery of(URI document, OAuthClient client) {
    return new TokenDiscovery(document, "token_endpoint", client, Map.of());
  }

  public TokenDiscovery with(String parameter, String value) {
    var changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, value);
    return new TokenDiscovery(document, field, client, changed);
  }

  public TokenDiscovery scope(String scope) {
    return with("scope", scope);
  }

  TokenEndpoint endpoint(URI url) {
    return new TokenEndpoint(url, client, parameters);
  }
}
