package dev.sluice.rest.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.Call;
import dev.sluice.rest.http.Credentials;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Transport;
import dev.sluice.rest.http.TransportFactory;
import dev.sluice.rest.json.Documents;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.rest.url.Origin;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The credentials whose token endpoint is looked up when the first token is needed. */
final class DiscoveredCredentials implements Credentials {
  private final TokenDiscovery discovery;
  private final TransportFactory transports;
  private final Transport transport;
  private volatile Optional<TokenCredentials> found = Optional.empty();

  DiscoveredCredentials(TokenDiscovery discovery, TransportFactory transports) {
    this.discovery = discovery;
    this.transports = transports;
    this.transport = transports.open(Origin.configured(discovery.document()));
  }

  @Override
  public synchronized void prepare() throws RetryableFailure, InterruptedException {
    if (found.isEmpty()) {
      var endpoint = tokenEndpoint();
      found =
          Optional.of(
              new TokenCredentials(
                  new OAuthGrant(endpoint, Optional.empty(), transports), transports));
    }
    found.get().prepare();
  }

  private TokenEndpoint tokenEndpoint() throws RetryableFailure, InterruptedException {
    Answer answer =
        transport.send(Call.get(discovery.document()).with(Map.of("Accept", "application/json")));
    String place = transports.secrets().mask(answer.place());
    if (!answer.isOk()) {
      String message = "%s: status %d".formatted(place, answer.status());
      var passing = transports.classifier().passing(answer, message);
      if (passing.isPresent()) {
        throw passing.get();
      }
      throw ConnectorException.configuration(
          message
              + "; the source does not say where tokens are: name the token endpoint in the"
              + " connection");
    }
    return endpointIn(answer, place);
  }

  private TokenEndpoint endpointIn(Answer answer, String place) throws RetryableFailure {
    JsonNode document;
    try {
      document = Documents.tree(answer.body(), answer.length(), ErrorDetector.none());
    } catch (IOException e) {
      throw RetryableFailure.unreadable(place + ": the body is not JSON");
    }
    String text =
        TokenRequests.text(document, discovery.field())
            .orElseThrow(
                () ->
                    ConnectorException.configuration(
                        "%s has no '%s': name the token endpoint in the connection"
                            .formatted(place, discovery.field())));
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw ConnectorException.configuration(
          "%s: '%s' is no URL: '%s'".formatted(place, discovery.field(), text), e);
    }
    if (!discovery.allows(url)) {
      throw ConnectorException.configuration(
          "%s: '%s' is at another host, %s; if the client's credentials may go there, name it in 'token_hosts', or the endpoint in 'token_url'"
              .formatted(place, discovery.field(), Origin.of(url)));
    }
    return discovery.endpoint(url, methods(document));
  }

  private static Set<String> methods(JsonNode document) {
    return document
        .path("token_endpoint_auth_methods_supported")
        .valueStream()
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  @Override
  public Map<String, String> headers() {
    return found.map(TokenCredentials::headers).orElse(Map.of());
  }

  @Override
  public boolean recover(Answer refusal, int times) throws InterruptedException {
    return found.isPresent() && found.get().recover(refusal, times);
  }

  @Override
  public void close() {
    try (transport) {
      found.ifPresent(TokenCredentials::close);
    }
  }
}
