package dev.sluice.rest.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.HttpTransport;
import dev.sluice.rest.http.Origin;
import dev.sluice.rest.http.PercentEncoding;
import dev.sluice.rest.http.RefusalClassifier;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.http.TransportFactory;
import dev.sluice.rest.json.Documents;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks one token endpoint. Follows no redirect: what it sends is a secret. */
final class TokenRequests implements AutoCloseable {
  private final URI endpoint;
  private final HttpTransport wire;
  private final Secrets secrets;
  private final RefusalClassifier patience;

  private TokenRequests(
      URI endpoint, HttpTransport wire, Secrets secrets, RefusalClassifier patience) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.secrets = secrets;
    this.patience = patience;
  }

  /** Asks an endpoint that has an origin of its own. */
  static TokenRequests to(TokenEndpoint endpoint, TransportFactory wires) {
    var headers = new TreeMap<>(endpoint.client().headers());
    headers.put("Accept", "application/json");
    return to(endpoint.url(), () -> headers, wires);
  }

  /** Asks an endpoint, with headers that are computed for every request. */
  static TokenRequests to(
      URI endpoint, Supplier<Map<String, String>> headers, TransportFactory wires) {
    HttpTransport wire = wires.open(Origin.configured(endpoint), headers);
    return new TokenRequests(endpoint, wire, wires.secrets(), wires.patience());
  }

  /** The endpoint's answer to a form. */
  JsonNode ask(Map<String, String> form) throws RetryableFailure {
    String body =
        form.entrySet().stream()
            .map(
                e ->
                    PercentEncoding.encode(e.getKey()) + "=" + PercentEncoding.encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return read(wire.postForm(endpoint.toString(), body), status -> Optional.empty());
  }

  /**
   * The endpoint's answer to a JSON document.
   *
   * @param remedy what to do about a status that is an error
   */
  JsonNode ask(String json, IntFunction<Optional<String>> remedy) throws RetryableFailure {
    String url = endpoint.toString();
    return read(wire.postJson(url, url, json), remedy);
  }

  private JsonNode read(Answer answer, IntFunction<Optional<String>> remedy)
      throws RetryableFailure {
    String place = wire.place("POST", endpoint.toString());
    if (answer.isSuccess()) {
      try {
        return Documents.tree(answer.body(), answer.length(), ErrorDetector.none());
      } catch (IOException e) {
        throw RetryableFailure.unreadable(place + ": the token endpoint's answer is not JSON");
      }
    }
    String message =
        "%s: status %d: %s".formatted(place, answer.status(), secrets.excerpt(answer.text()));
    var passing = patience.passing(answer, message);
    if (passing.isPresent()) {
      throw passing.get();
    }
    String helpful =
        remedy.apply(answer.status()).map(what -> message + "; " + what).orElse(message);
    throw switch (answer.status()) {
      case 400, 401, 403 -> ConnectorException.accessDenied(helpful);
      default -> ConnectorException.configuration(helpful);
    };
  }

  /** The token in the answer. */
  String token(JsonNode answer, String field) {
    return text(answer, field)
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () ->
                ConnectorException.protocol("%s: the answer has no %s".formatted(endpoint, field)));
  }

  /** A field of the answer as text. */
  static Optional<String> text(JsonNode answer, String field) {
    return Optional.ofNullable(answer.get(field))
        .filter(JsonNode::isValueNode)
        .filter(node -> !node.isNull())
        .map(JsonNode::asText);
  }

  @Override
  public void close() {
    wire.close();
  }
}
