package dev.sluice.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks one token endpoint. Follows no redirect: what it sends is a secret. */
final class TokenRequests implements AutoCloseable {
  private final URI endpoint;
  private final Wire wire;
  private final Secrets secrets;
  private final Patience patience;

  TokenRequests(URI endpoint, Wire wire, Secrets secrets, Patience patience) {
    this.endpoint = endpoint;
    this.wire = wire;
    this.secrets = secrets;
    this.patience = patience;
  }

  InstantSource clock() {
    return patience.clock();
  }

  /** The endpoint's answer to a form. */
  JsonNode ask(Map<String, String> form) throws Failure {
    String body =
        form.entrySet().stream()
            .map(
                e ->
                    PercentEncoding.encode(e.getKey()) + "=" + PercentEncoding.encode(e.getValue()))
            .collect(Collectors.joining("&"));
    Answer answer = wire.postForm(endpoint.toString(), body);
    String place = wire.place("POST", endpoint.toString());
    if (answer.isSuccess()) {
      try {
        return Documents.tree(answer.body(), answer.length(), ErrorDetector.none());
      } catch (IOException e) {
        throw Failure.unreadable(place + ": the token endpoint's answer is not JSON");
      }
    }
    String message =
        "%s: status %d: %s".formatted(place, answer.status(), secrets.excerpt(answer.text()));
    var passing = patience.passing(answer, message);
    if (passing.isPresent()) {
      throw passing.get();
    }
    throw switch (answer.status()) {
      case 400, 401, 403 -> ConnectorException.accessDenied(message);
      default -> ConnectorException.configuration(message);
    };
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
