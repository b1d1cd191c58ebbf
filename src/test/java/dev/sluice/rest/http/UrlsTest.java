package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.url.Origin;
import dev.sluice.spi.ConnectorException;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlsTest {

  @Test
  void segmentsAndParametersAreEncoded() {
    var request =
        Request.get("repos/{owner}/{repo}/issues", "a/b", "c d?#é")
            .with("since", "2026-01-01T00:00:00+01:00")
            .with("q", "a&b=c");

    assertThat(Urls.of(URI.create("https://h/api/v3"), request))
        .isEqualTo(
            "https://h/api/v3/repos/a%2Fb/c%20d%3F%23%C3%A9/issues"
                + "?since=2026-01-01T00%3A00%3A00%2B01%3A00&q=a%26b%3Dc");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h,items,https://h/items",
    "https://h/,/items,https://h/items",
    "https://h/v1/,items,https://h/v1/items",
    "https://h,'',https://h",
    "https://h/q,?a=b,https://h/q?a=b",
    "https://h,https://h/x?page=2,https://h/x?page=2"
  })
  void pathStandsBelowTheBase(String base, String path, String expected) {
    assertThat(Urls.of(URI.create(base), Request.get(path))).isEqualTo(expected);
  }

  @Test
  void parametersFollowAQueryThatIsThere() {
    assertThat(Urls.of(URI.create("https://h"), Request.get("i?a=b").with("c", "d")))
        .isEqualTo("https://h/i?a=b&c=d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void segmentThatWouldLeaveItsPlaceIsRefused(String segment) {
    assertThatThrownBy(() -> Request.get("repos/{owner}/secrets", segment))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"a/{b},0", "a/{b},2", "a,1", "a/{b,1"})
  void segmentsMatchThePlaceholders(String template, int segments) {
    String[] values = new String[segments];
    Arrays.fill(values, "x");

    assertThatThrownBy(() -> Request.get(template, values))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parameterIsReplacedWhereItStood() {
    var request = Request.get("i").with("page", "1").with("size", "9").with("page", "2");

    assertThat(Urls.of(URI.create("https://h"), request)).isEqualTo("https://h/i?page=2&size=9");
    assertThat(request).isEqualTo(Request.get("i").with("page", "2").with("size", "9"));
  }

  @Test
  void linkIsResolvedAgainstTheRequest() {
    String base = "https://h/a/b?x=1";

    assertThat(Urls.resolve(base, "https://h/c?d=%2f+%20&e=1,2"))
        .isEqualTo("https://h/c?d=%2f+%20&e=1,2");
    assertThat(Urls.resolve(base, "?page=2")).isEqualTo("https://h/a/b?page=2");
    assertThat(Urls.resolve(base, "c?page=2")).isEqualTo("https://h/a/c?page=2");
    assertThat(Urls.resolve(base, "/c?page=2")).isEqualTo("https://h/c?page=2");
    assertThat(Urls.resolve(base, "../c")).isEqualTo("https://h/c");
    assertThat(Urls.resolve(base, "//other/c")).isEqualTo("https://other/c");
    assertThat(Urls.resolve(base, " https://h/b#top ")).isEqualTo("https://h/b");
    assertThat(Urls.resolve(base, "/b?x[]=1")).isEqualTo("https://h/b?x[]=1");
  }

  @Test
  void whatNoUrlMayHaveIsEscaped() {
    assertThat(Urls.resolve("https://h/a", "/b?q=a b|c{d}\\é%zz%"))
        .isEqualTo("https://h/b?q=a%20b%7Cc%7Bd%7D%5C%C3%A9%25zz%25");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://[", "1:/x"})
  void whatIsNoUrlIsRefused(String link) {
    assertThatThrownBy(() -> Urls.resolve("https://h/a", link))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parameterIsTakenOut() {
    assertThat(Urls.without("https://h/a?key=1&b=2&key=3", "key")).isEqualTo("https://h/a?b=2");
    assertThat(Urls.without("https://h/a?key=1", "key")).isEqualTo("https://h/a");
    assertThat(Urls.without("https://h/a?keys=1", "key")).isEqualTo("https://h/a?keys=1");
    assertThat(Urls.without("https://h/a", "key")).isEqualTo("https://h/a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "http://127.example.com",
        "http://169.254.169.254/latest",
        "http://localhost.example.com",
        "ftp://localhost",
        "https://user:password@h",
        "https:///path",
        "/relative"
      })
  void credentialsGoToHttpsOrThisMachineOnly(String url) {
    assertThatThrownBy(() -> Origin.configured(URI.create(url)))
        .isInstanceOf(ConnectorException.class)
        .hasFieldOrPropertyWithValue("kind", ConnectorException.Kind.CONFIGURATION)
        .hasMessageNotContaining("password@");
  }

  @Test
  void originIsSchemeHostAndPort() {
    var origin = Origin.configured(URI.create("https://API.example.com/v1"));

    assertThat(origin).isEqualTo(Origin.of(URI.create("HTTPS://api.example.com:443?x")));
    assertThat(origin).isNotEqualTo(Origin.of(URI.create("https://api.example.com:8443")));
    assertThat(origin).isNotEqualTo(Origin.of(URI.create("https://api.example.com.evil.org")));
    assertThat(Origin.configured(URI.create("http://[::1]:8080")).port()).isEqualTo(8080);
  }
}
