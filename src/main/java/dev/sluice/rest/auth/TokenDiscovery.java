package dev.sluice.rest.auth;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.sluice.rest.url.Origin;
import dev.sluice.spi.ConnectorApi;
import java.net.URI;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A document in which the source names its token endpoint, such as {@code
 * .well-known/smart-configuration}. It is read without credentials, before the first token.
 *
 * @param document its URL
 * @param hosts of token endpoints, in addition to that of the document
 * @param field of the document that holds the token endpoint's URL
 * @param parameters sent with every request for a token, such as {@code scope} or {@code audience}
 */
@ConnectorApi
public record TokenDiscovery(
    URI document,
    Set<String> hosts,
    String field,
    OAuthClient client,
    Map<String, String> parameters) {

  public TokenDiscovery {
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(toUnmodifiableSet());
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  public static TokenDiscovery of(URI document, OAuthClient client) {
    return new TokenDiscovery(document, Set.of(), "token_endpoint", client, Map.of());
  }

  public TokenDiscovery with(String parameter, String value) {
    var changed = new LinkedHashMap<>(parameters);
    changed.put(parameter, value);
    return new TokenDiscovery(document, hosts, field, client, changed);
  }

  public TokenDiscovery scope(String scope) {
    return with("scope", scope);
  }

  /** Adds hosts whose token endpoints the document may name. */
  public TokenDiscovery hosts(Collection<String> more) {
    return new TokenDiscovery(document, new HashSet<>(more), field, client, parameters);
  }

  /** Decides whether a client's secret may go to an endpoint that the document names. */
  boolean allows(URI url) {
    String host = Origin.of(url).host();
    return host.equals(Origin.of(document).host()) || hosts.contains(host);
  }

  /**
   * Returns the endpoint that the document names.
   *
   * @param methods by which clients may identify themselves there
   */
  TokenEndpoint endpoint(URI url, Set<String> methods) {
    return new TokenEndpoint(url, client.fitting(methods), parameters);
  }
}
