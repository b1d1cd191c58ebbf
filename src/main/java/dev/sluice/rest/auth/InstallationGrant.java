package dev.sluice.rest.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.Call.Content;
import dev.sluice.rest.http.RetryableFailure;
import dev.sluice.rest.http.Secrets;
import dev.sluice.rest.http.TransportFactory;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A grant for one installation of an application, which identifies itself by a token that it has
 * signed.
 */
final class InstallationGrant implements Grant {
  private static final Map<Integer, String> REMEDIES =
      Map.of(
          401,
          "the source does not accept what application '%1$s' has signed:"
              + " correct its identifier, its private key or this machine's clock",
          404,
          "there is no such installation of application '%1$s':"
              + " correct the installation's identifier or the application's");

  private final String application;
  private final SigningKey key;
  private final TokenRequests requests;
  private final Secrets secrets;

  InstallationGrant(URI endpoint, String application, SigningKey key, TransportFactory transports) {
    this.application = application;
    this.key = key;
    this.secrets = transports.secrets();
    this.requests = TokenRequests.to(endpoint, transports);
  }

  @Override
  public AccessToken ask(Instant now) throws RetryableFailure, InterruptedException {
    String signed = key.applicationToken(application, now);
    secrets.add(signed);
    var headers = Map.of("Authorization", "Bearer " + signed);
    JsonNode answer = requests.ask(Content.json("{}"), headers, this::remedy);
    return new AccessToken(
        requests.token(answer, "token"),
        TokenRequests.text(answer, "expires_at").flatMap(end -> lifetime(end, now)));
  }

  /** A token that is not known everywhere may be known without its permissions. */
  @Override
  public boolean mayComeTooEarly(Answer refusal) {
    return Grant.super.mayComeTooEarly(refusal)
        || (refusal.status() == 403 && refusal.text().contains("not accessible by integration"));
  }

  private Optional<String> remedy(int status) {
    return Optional.ofNullable(REMEDIES.get(status)).map(text -> text.formatted(application));
  }

  private static Optional<Duration> lifetime(String end, Instant now) {
    try {
      // a new token that has expired already shows that our clock is ahead
      return Optional.of(Duration.between(now, Instant.parse(end))).filter(Duration::isPositive);
    } catch (DateTimeException e) {
      return Optional.empty(); // a 401 will show when it has expired
    }
  }

  @Override
  public void close() {
    requests.close();
  }
}
