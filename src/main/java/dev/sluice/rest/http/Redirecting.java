package dev.sluice.rest.http;

import dev.sluice.rest.http.Request.Method;
import dev.sluice.rest.url.BaseUrl;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;

/**
 * Follows redirects within the origin, with the same credentials, and refuses all others. One to
 * the same path of another origin says that the source has moved.
 */
public final class Redirecting implements Exchange {
  private static final int MOST_REDIRECTS = 5;

  private final BaseUrl base;
  private final Secrets secrets;
  private final Exchange next;

  public Redirecting(BaseUrl base, Secrets secrets, Exchange next) {
    this.base = base;
    this.secrets = secrets;
    this.next = next;
  }

  @Override
  public Answer send(Call call) throws RetryableFailure, InterruptedException {
    Call current = call;
    Answer answer = next.send(current);
    for (int redirects = 0; redirects < MOST_REDIRECTS && isToFollow(answer, call); redirects++) {
      current = redirected(current, answer);
      answer = next.send(current);
    }
    return answer;
  }

  private static boolean isToFollow(Answer answer, Call call) {
    return answer.isRedirect() && !call.accepted().contains(answer);
  }

  private Call redirected(Call call, Answer answer) {
    int status = answer.status();
    String place = "%s: status %d".formatted(secrets.mask(answer.place()), status);
    String location =
        answer
            .header("location")
            .orElseThrow(
                () -> ConnectorException.protocol(place + ", but does not say where it leads"));
    // without its query: that of a login page may hold a token
    String shown = secrets.excerpt(location.replaceFirst("[?#].*", ""));
    if (call.method() == Method.POST && (status == 301 || status == 302)) {
      throw ConnectorException.configuration(
          "%s to %s, which loses the body of a POST; correct the URL".formatted(place, shown));
    }
    Call redirected = target(call, answer, location, place, shown);
    return status == 303 ? redirected.asGet() : redirected;
  }

  private Call target(Call call, Answer answer, String location, String place, String shown) {
    try {
      String url = Urls.resolve(answer.url(), location);
      Optional<String> own = base.own(url);
      Call redirected = call.redirected(own.orElse(url));
      boolean hasMoved = !own.equals(Optional.of(url)) && redirected.url().equals(call.url());
      if (own.isPresent() && !hasMoved) {
        return redirected;
      }
    } catch (IllegalArgumentException e) {
      throw ConnectorException.protocol("%s: invalid URL '%s'".formatted(place, shown));
    }
    throw ConnectorException.configuration(
        "%s to %s, away from %s; credentials do not follow: correct the URL"
            .formatted(place, shown, base.origin()));
  }
}
