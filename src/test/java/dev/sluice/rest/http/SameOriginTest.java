package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.url.BaseUrl;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SameOriginTest {
  private static final URI BASE = URI.create("https://api.example.com/v1");

  private final ScriptedExchange source = new ScriptedExchange();
  private final SameOrigin exchange =
      new SameOrigin(BaseUrl.configured(BASE), new Secrets(), source);

  private static Call call(String path) {
    return Call.of(BASE, Request.get(path), AcceptedStatuses.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"items", "https://api.example.com/v2?page=2", "HTTPS://API.example.com:443"})
  void callWithinTheOriginIsSent(String path) throws Exception {
    source.then(200);

    exchange.send(call(path));

    assertThat(source.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.example.com/v1/items", "https://old.example:8443/v1/items"})
  void callBelowTheBaseOfAnotherNameIsSentToOurOrigin(String path) throws Exception {
    source.then(200);

    exchange.send(call(path));

    assertThat(source.places()).containsExactly("GET https://api.example.com/v1/items");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://api.example.com/v2", "https://evil.example", "https://a.example.com:8443"})
  void callToAnotherOriginIsNotSent(String path) {
    var failure = catchThrowableOfType(ConnectorException.class, () -> exchange.send(call(path)));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("not at https://api.example.com:443");
    assertThat(source.calls()).isEmpty();
  }
}
