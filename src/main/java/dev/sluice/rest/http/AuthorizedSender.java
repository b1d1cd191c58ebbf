package dev.sluice.rest.http;

import dev.sluice.rest.http.Request.Method;
import dev.sluice.spi.ConnectorException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Sends a request with its credentials until it is answered: follows redirects, refreshes a refused
 * credential once, and tells apart what passes and what does not.
 */
public final class AuthorizedSender {
  private static final int MOST_REDIRECTS = 5;

  private final URI baseUrl;
  private final Origin origin;
  private final HttpTransport wire;
  private final Credentials credentials;
  private final Secrets secrets;
  private final RefusalClassifier patience;

  public AuthorizedSender(
      URI baseUrl,
      Origin origin,
      HttpTransport wire,
      Credentials credentials,
      Secrets secrets,
      RefusalClassifier patience) {
    this.baseUrl = baseUrl;
    this.origin = origin;
    this.wire = wire;
    this.credentials = credentials;
    this.secrets = secrets;
    this.patience = patience;
  }

  /** A successful answer, or another that is expected. */
  public Answer send(Request request, AcceptedStatuses expected) throws RetryableFailure {
    Method method = request.method();
    String url = Urls.of(baseUrl, request);
    if (!Origin.of(URI.create(url)).equals(origin)) {
      throw ConnectorException.protocol(
          secrets.mask("Not asked, because it is not at %s: %s".formatted(origin, url)));
    }
    boolean refreshed = false;
    int redirects = 0;
    while (true) {
      credentials.prepare();
      Answer answer = once(method, url, request, expected.known());
      if (answer.isSuccess() || expected.answers().contains(answer.status())) {
        return answer;
      }
      if (answer.status() == 401 && !refreshed && credentials.refresh()) {
        refreshed = true;
      } else if (answer.isRedirect() && redirects++ < MOST_REDIRECTS) {
        url = redirected(method, answer);
        method = answer.status() == 303 ? Method.GET : method;
      } else {
        throw refused(method, answer, expected);
      }
    }
  }

  private Answer once(Method method, String url, Request request, Optional<String> known)
      throws RetryableFailure {
    String whole =
        credentials
            .parameter()
            .map(key -> Urls.with(Urls.without(url, key.name()), List.of(key)))
            .orElse(url);
    return switch (method) {
      case GET ->
          known.isPresent() ? wire.getUnless(known.get(), whole, url) : wire.get(whole, url);
      case POST -> wire.postJson(whole, url, request.body().orElse(""));
    };
  }

  private String redirected(Method method, Answer answer) {
    String place = place(method, answer);
    String location =
        answer
            .header("location")
            .orElseThrow(
                () -> ConnectorException.protocol(place + ", but does not say where it leads"));
    // without its query: a login page's may hold a token
    String shown = secrets.excerpt(location.replaceFirst("[?#].*", ""));
    if (method == Method.POST && (answer.status() == 301 || answer.status() == 302)) {
      throw ConnectorException.configuration(
          "%s to %s, which loses the body of a POST; correct the URL".formatted(place, shown));
    }
    try {
      String url = Urls.resolve(answer.url(), location);
      if (Origin.of(URI.create(url)).equals(origin)) {
        return credentials.parameter().map(key -> Urls.without(url, key.name())).orElse(url);
      }
    } catch (IllegalArgumentException e) {
      throw ConnectorException.protocol("%s to what is no URL: %s".formatted(place, shown));
    }
    throw ConnectorException.configuration(
        "%s to %s, away from %s; credentials do not follow: correct the URL"
            .formatted(place, shown, origin));
  }

  private ConnectorException refused(Method method, Answer answer, AcceptedStatuses expected)
      throws RetryableFailure {
    int status = answer.status();
    String text = secrets.excerpt(answer.text());
    String message = place(method, answer) + (text.isEmpty() ? "" : ": " + text);
    var passing = patience.passing(answer, message);
    if (passing.isPresent()) {
      throw passing.get();
    }
    if (status == 401 || status == 403) {
      return ConnectorException.accessDenied(message);
    }
    if (expected.expired().contains(status) || status >= 500) {
      return ConnectorException.transientFailure(message);
    }
    return status >= 400
        ? ConnectorException.configuration(message)
        : ConnectorException.protocol(message);
  }

  private String place(Method method, Answer answer) {
    return "%s: status %d".formatted(wire.place(method.name(), answer.url()), answer.status());
  }
}
