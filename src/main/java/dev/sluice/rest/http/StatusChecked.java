package dev.sluice.rest.http;

import dev.sluice.rest.json.ErrorMessage;
import dev.sluice.spi.ConnectorException;
import java.util.List;

/** Returns a response whose status the call accepts, and turns every other one into a failure. */
public final class StatusChecked implements Exchange {
  private static final String EXPIRED =
      "; the source no longer knows this page, and the next run asks for the list anew."
          + " If this lasts, the source may have several nodes that do not share their searches:"
          + " ask for larger pages, or let one node answer";

  private final RefusalClassifier classifier;
  private final List<String> hints;
  private final ErrorMessage errors;
  private final Secrets secrets;
  private final Exchange next;

  /**
   * @param hints the response headers that say why a request is refused, or what helps
   * @param errors the fields of a refusal's body that say so
   */
  public StatusChecked(
      RefusalClassifier classifier,
      List<String> hints,
      ErrorMessage errors,
      Secrets secrets,
      Exchange next) {
    this.classifier = classifier;
    this.hints = List.copyOf(hints);
    this.errors = errors;
    this.secrets = secrets;
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    Answer answer = next.send(call);
    if (call.accepted().contains(answer)) {
      return answer;
    }
    throw refused(answer, call.accepted());
  }

  private ConnectorException refused(Answer answer, AcceptedStatuses accepted)
      throws RetryableFailure {
    int status = answer.status();
    String message =
        "%s: status %d%s%s%s"
            .formatted(
                secrets.mask(answer.place()),
                status,
                text(answer),
                hints(answer),
                status == 401 ? secrets.refused() : "");
    var passing = classifier.passing(answer, message);
    if (passing.isPresent()) {
      throw passing.get();
    }
    if (status == 401 || status == 403) {
      return ConnectorException.accessDenied(message);
    }
    if (accepted.expired().contains(status)) {
      return ConnectorException.transientFailure(message + EXPIRED);
    }
    if (status >= 500) {
      return ConnectorException.transientFailure(message);
    }
    if (status == 404 || status == 410) {
      return ConnectorException.absent(message);
    }
    return status >= 400
        ? ConnectorException.configuration(message)
        : ConnectorException.protocol(message);
  }

  /** Returns what the source says about an error. */
  private String text(Answer answer) {
    if (answer.status() < 400) {
      return answer.isRedirect() ? "" : " instead of 200";
    }
    String text = secrets.excerpt(errors.text(answer.body(), answer.length()));
    return text.isEmpty() ? "" : ": " + text;
  }

  private String hints(Answer answer) {
    var shown = new StringBuilder();
    for (String name : hints) {
      answer
          .header(name)
          .ifPresent(value -> shown.append(" (%s: %s)".formatted(name, secrets.excerpt(value))));
    }
    return shown.toString();
  }
}
