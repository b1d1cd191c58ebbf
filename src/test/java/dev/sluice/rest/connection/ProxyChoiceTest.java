package dev.sluice.rest.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.url.Origin;
import dev.sluice.spi.ConnectorException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyChoiceTest {
  private static final Map<String, String> BOTH =
      Map.of("HTTPS_PROXY", "http://secure:3128", "HTTP_PROXY", "plain");

  private static Optional<ProxyAddress> chosen(
      Optional<String> option, Map<String, String> variables, String url) {
    return new ProxyChoice(option, variables).proxy(Origin.of(URI.create(url)));
  }

  private static Optional<String> host(Map<String, String> variables, String url) {
    return chosen(Optional.empty(), variables, url).map(ProxyAddress::host);
  }

  @Test
  void environmentNamesAProxyForEachScheme() {
    assertThat(host(BOTH, "https://api.example.com")).contains("secure");
    assertThat(host(BOTH, "http://127.0.0.1:8080")).contains("plain");
    assertThat(host(Map.of("https_proxy", "lower"), "https://h")).contains("lower");
    assertThat(host(Map.of("HTTPS_PROXY", " "), "https://h")).isEmpty();
    assertThat(host(Map.of(), "https://h")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.com, true",
    "example.com, true",
    ".example.com, true",
    "*.example.com, true",
    "'localhost, API.example.com', true",
    "'localhost api.example.com:443', true",
    "*, true",
    "ample.com, false",
    "api.example.com:8443, false",
    "'', false"
  })
  void exceptionsGoDirectly(String exceptions, boolean isDirect) {
    var variables = Map.of("HTTPS_PROXY", "secure", "NO_PROXY", exceptions);

    assertThat(host(variables, "https://api.example.com").isEmpty()).isEqualTo(isDirect);
  }

  @Test
  void optionGoesBeforeTheEnvironment() {
    var variables = Map.of("HTTPS_PROXY", "secure", "NO_PROXY", "*");

    assertThat(chosen(Optional.of("http://own:8080"), variables, "https://h"))
        .contains(new ProxyAddress("own", 8080, Optional.empty(), Optional.empty()));
    assertThat(chosen(Optional.of("none"), BOTH, "https://h")).isEmpty();
  }

  @Test
  void userOfTheProxyIsDecoded() {
    assertThat(chosen(Optional.of("http://me:a%40b+c@own"), Map.of(), "https://h"))
        .contains(new ProxyAddress("own", 80, Optional.of("me"), Optional.of("a@b+c")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://own:1080", "https://own", "http://me:canary@ own", "://"})
  void whatIsNoProxyIsRefusedWithoutItsPassword(String text) {
    assertThatThrownBy(() -> chosen(Optional.of(text), Map.of(), "https://h"))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("Option 'proxy'")
        .hasMessageNotContaining("canary");
    assertThatThrownBy(() -> host(Map.of("HTTPS_PROXY", text), "https://h"))
        .hasMessageContaining("HTTPS_PROXY");
  }
}
