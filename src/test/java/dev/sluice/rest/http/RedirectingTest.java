package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.http.Request.Parameter;
import dev.sluice.rest.url.BaseUrl;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedirectingTest {
  private static final URI BASE = URI.create("https://api.example.com");

  private final ScriptedExchange source = new ScriptedExchange();
  private final Redirecting exchange =
      new Redirecting(BaseUrl.configured(BASE), new Secrets(), source);

  private static Call call(Request request) {
    return Call.of(BASE, request, AcceptedStatuses.NONE)
        .with(Map.of("Authorization", "Bearer t"))
        .with(Optional.of(new Parameter("key", "k")));
  }

  @Test
  void credentialsFollowWithinTheOriginAndAreNotRepeated() throws Exception {
    source.then(307, "", "Location", "/moved?x=%2F&key=k").then(200);

    var answer = exchange.send(call(Request.get("items")));

    assertThat(answer.url()).isEqualTo("https://api.example.com/moved?x=%2F");
    assertThat(source.calls().getLast().headers()).containsEntry("Authorization", "Bearer t");
    assertThat(source.calls().getLast().target())
        .isEqualTo("https://api.example.com/moved?x=%2F&key=k");
  }

  @ParameterizedTest
  @CsvSource({"303,GET,false", "307,POST,true", "308,POST,true"})
  void postKeepsItsBodyUnlessTheSourceAsksForAGet(int status, String method, boolean hasBody)
      throws Exception {
    source.then(status, "", "Location", "/b").then(200);

    exchange.send(call(Request.post("a", "{}")));

    assertThat(source.places().getLast()).isEqualTo(method + " https://api.example.com/b");
    assertThat(source.calls().getLast().content().isPresent()).isEqualTo(hasBody);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,302,https://evil.example/items?token=abc,CONFIGURATION,away from",
    "GET,302,http://[,PROTOCOL,invalid URL",
    "POST,301,/b,CONFIGURATION,loses the body"
  })
  void everyOtherRedirectIsRefused(
      Request.Method method, int status, String location, Kind kind, String words) {
    source.then(status, "", "Location", location);
    var request = method == Request.Method.GET ? Request.get("a") : Request.post("a", "{}");

    var failure =
        catchThrowableOfType(ConnectorException.class, () -> exchange.send(call(request)));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(words).hasMessageNotContainingAny("token");
    assertThat(source.calls()).hasSize(1);
  }

  @Test
  void circleEndsWithTheLastRedirectAsTheAnswer() throws Exception {
    for (int i = 0; i < 6; i++) {
      source.then(302, "", "Location", "/items");
    }

    assertThat(exchange.send(call(Request.get("items"))).status()).isEqualTo(302);
    assertThat(source.calls()).hasSize(6);
  }
}
