package dev.sluice.rest.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.Call;
import dev.sluice.rest.http.Call.Content;
import dev.sluice.rest.http.RefusalClassifier;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.http.Transport;
import dev.sluice.rest.http.TransportFactory;
import dev.sluice.rest.json.Documents;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.rest.json.ErrorMessage;
import dev.sluice.rest.url.Origin;
import dev.sluice.rest.url.PercentEncoding;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Sends requests to one token endpoint. Follows no redirect: what it sends is a secret. */
final class TokenRequests implements AutoCloseable {
  /** Those of RFC 6749, and that of GitHub. */
  private static final ErrorMessage ERRORS =
      ErrorMessage.in("error", "error_description", "message");

  private final URI endpoint;
  private final Transport transport;
  private final Secrets secrets;
  private final RefusalClassifier classifier;

  private TokenRequests(URI endpoint, TransportFactory transports) {
    this.endpoint = endpoint;
    this.transport = transports.open(Origin.configured(endpoint));
    this.secrets = transports.secrets();
    this.classifier = transports.classifier();
  }

  /** Returns the requests to an endpoint, which may have another origin than the source. */
  static TokenRequests to(URI endpoint, TransportFactory transports) {
    return new TokenRequests(endpoint, transports);
  }

  /** Sends a form and returns the endpoint's response. */
  JsonNode ask(Map<String, String> form, Map<String, String> headers)
      throws RetryableFailure, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(
                e ->
                    PercentEncoding.encode(e.getKey()) + "=" + PercentEncoding.encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return ask(Content.form(body), headers, status -> Optional.empty());
  }

  /**
   * Sends a body and returns the endpoint's response.
   *
   * @param remedy what to do about a status that is an error
   */
  JsonNode ask(Content content, Map<String, String> headers, IntFunction<Optional<String>> remedy)
      throws RetryableFailure, InterruptedException {
    var call =
        Call.post(endpoint, content).with(Map.of("Accept", "application/json")).with(headers);
    return read(transport.send(call), remedy);
  }

  private JsonNode read(Answer answer, IntFunction<Optional<String>> remedy)
      throws RetryableFailure {
    String place = secrets.mask(answer.place());
    if (answer.isOk() || answer.status() == 201) {
      try {
        return Documents.tree(answer.body(), answer.length(), ErrorDetector.none());
      } catch (IOException e) {
        throw RetryableFailure.unreadable(place + ": the token endpoint's answer is not JSON");
      }
    }
    String text = secrets.excerpt(ERRORS.text(answer.body(), answer.length()));
    String message =
        "%s: status %d%s".formatted(place, answer.status(), text.isEmpty() ? "" : ": " + text);
    var passing = classifier.passing(answer, message);
    if (passing.isPresent()) {
      throw passing.get();
    }
    String helpful =
        remedy.apply(answer.status()).map(what -> message + "; " + what).orElse(message);
    throw switch (answer.status()) {
      case 400, 401, 403 -> ConnectorException.accessDenied(helpful + secrets.refused());
      case 501, 505 -> ConnectorException.transientFailure(helpful);
      default -> ConnectorException.configuration(helpful);
    };
  }

  /** Returns the token in the response. */
  String token(JsonNode answer, String field) {
    return text(answer, field)
        .filter(text -> !text.isBlank())
        .orElseThrow(
            () ->
                ConnectorException.protocol("%s: the answer has no %s".formatted(endpoint, field)));
  }

  /** Returns a field of the response as text. */
  static Optional<String> text(JsonNode answer, String field) {
    return Optional.ofNullable(answer.get(field))
        .filter(JsonNode::isValueNode)
        .filter(node -> !node.isNull())
        .map(JsonNode::asText);
  }

  @Override
  public void close() {
    transport.close();
  }
}
