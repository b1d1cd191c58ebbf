package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.json.ErrorMessage;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCheckedTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final URI BASE = URI.create("https://api.example.com");
  private static final AcceptedStatuses ACCEPTED =
      new AcceptedStatuses(Set.of(409), Set.of(404, 410));

  private final ScriptedExchange source = new ScriptedExchange();
  private final Secrets secrets = new Secrets();
  private final StatusChecked exchange =
      new StatusChecked(
          new RefusalClassifier(PauseAdvice.none(), InstantSource.fixed(NOW)),
          List.of(),
          ErrorMessage.in("error", "errors.text"),
          secrets,
          source);

  private static Call call(AcceptedStatuses accepted) {
    return Call.of(BASE, Request.get("items"), accepted);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 409})
  void acceptedAnswerIsReturned(int status) throws Exception {
    source.then(status);

    assertThat(exchange.send(call(ACCEPTED)).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "401,CONFIGURATION",
    "403,CONFIGURATION",
    "400,CONFIGURATION",
    "422,CONFIGURATION",
    "501,TRANSIENT"
  })
  void refusalIsOfTheKindThatSaysWhoActs(int status, Kind kind) {
    source.then(status, "{\"error\":\"no\",\"errors\":[{\"text\":\"way\"},7]}", "x-request", "7");

    var failure =
        catchThrowableOfType(ConnectorException.class, () -> exchange.send(call(ACCEPTED)));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessage("GET https://api.example.com/items: status %d: no, way".formatted(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 408, 423, 429, 500, 501, 502, 503, 504, 505, 527})
  void refusalThatPassesMayBeRepeatedWhenTheSourceSaysSo(int status) {
    source.then(status, "", "Retry-After", "60");

    var failure =
        catchThrowableOfType(
            RetryableFailure.class, () -> exchange.send(call(AcceptedStatuses.NONE)));

    assertThat(failure.resumeAt()).contains(NOW.plusSeconds(60));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void pageThatHasExpiredIsAskedForAnewAndTheMessageSaysWhatHelpsIfThatLasts(int status) {
    source.then(status, "no", "x-request", "7");

    var failure =
        catchThrowableOfType(ConnectorException.class, () -> exchange.send(call(ACCEPTED)));

    assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
    assertThat(failure)
        .hasMessageStartingWith("GET https://api.example.com/items: status %d; ", status)
        .hasMessageContaining("If this lasts");
  }

  @ParameterizedTest
  @CsvSource({"204,' instead of 200'", "206,' instead of 200'", "302,''"})
  void bodyOfWhatIsNoErrorIsNotShown(int status, String words) {
    source.then(status, "[{\"name\":\"of somebody\"}]", "x-request", "7");

    var failure =
        catchThrowableOfType(ConnectorException.class, () -> exchange.send(call(ACCEPTED)));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure)
        .hasMessage("GET https://api.example.com/items: status %d%s".formatted(status, words));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no such thing",
        "<html>no</html>",
        "{\"message\":\"no\",\"error\":{\"text\":\"no\"},\"errors\":[null,{\"text\":[]}]}",
        "{\"error\":\"cut",
        ""
      })
  void nothingIsShownOfABodyButWhatIsNamedForErrors(String body) {
    source.then(400, body, "x-request", "7");

    assertThat(
            catchThrowableOfType(
                ConnectorException.class, () -> exchange.send(call(AcceptedStatuses.NONE))))
        .hasMessage("GET https://api.example.com/items: status 400");
  }

  @Test
  void refusedCredentialIsNamed() {
    source.then(401).then(403);
    var named =
        new StatusChecked(
            new RefusalClassifier(PauseAdvice.none(), InstantSource.fixed(NOW)),
            List.of(),
            ErrorMessage.in(),
            new Secrets("`token` (gh.yaml:4, GITHUB_TOKEN)"),
            source);

    assertThat(
            catchThrowableOfType(
                ConnectorException.class, () -> named.send(call(AcceptedStatuses.NONE))))
        .hasMessageEndingWith("401; the source refused `token` (gh.yaml:4, GITHUB_TOKEN)");
    assertThat(
            catchThrowableOfType(
                ConnectorException.class, () -> named.send(call(AcceptedStatuses.NONE))))
        .hasMessageEndingWith("403");
  }

  @Test
  void messageHoldsNoSecret() {
    secrets.add("canary");
    source.then(400, "{\"error\":\"unknown key canary\"}", "x-request", "7");

    assertThat(
            catchThrowableOfType(
                ConnectorException.class, () -> exchange.send(call(AcceptedStatuses.NONE))))
        .hasMessageEndingWith("unknown key ***");
  }
}
