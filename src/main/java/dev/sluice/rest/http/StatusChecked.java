package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorException;

/** Returns a response whose status the call accepts, and turns every other one into a failure. */
public final class StatusChecked implements Exchange {
  private final RefusalClassifier classifier;
  private final Secrets secrets;
  private final Exchange next;

  public StatusChecked(RefusalClassifier classifier, Secrets secrets, Exchange next) {
    this.classifier = classifier;
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
    String text = secrets.excerpt(answer.text());
    String message =
        "%s: status %d%s"
            .formatted(secrets.mask(answer.place()), status, text.isEmpty() ? "" : ": " + text);
    var passing = classifier.passing(answer, message);
    if (passing.isPresent()) {
      throw passing.get();
    }
    if (status == 401 || status == 403) {
      return ConnectorException.accessDenied(message);
    }
    if (accepted.expired().contains(status) || status >= 500) {
      return ConnectorException.transientFailure(message);
    }
    if (status == 404 || status == 410) {
      return ConnectorException.absent(message);
    }
    return status >= 400
        ? ConnectorException.configuration(message)
        : ConnectorException.protocol(message);
  }
}
