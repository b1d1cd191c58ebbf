package dev.sluice.rest.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
  private static final BaseUrl BASE =
      BaseUrl.configured(URI.create("https://api.example.com:8443/fhir/r4"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com:8443/fhir/r4/Patient?_count=2",
        "https://API.example.com:8443/elsewhere",
        "https://api.example.com:8443"
      })
  void everyUrlOfTheOriginIsTheSourcesOwn(String url) {
    assertThat(BASE.own(url)).contains(url);
  }

  @ParameterizedTest
  @CsvSource({
    "http://api.example.com:8443/fhir/r4/Patient?a=%2F&b, /fhir/r4/Patient?a=%2F&b",
    "https://api.example.com/fhir/r4?_getpages=7, /fhir/r4?_getpages=7",
    "http://fhir-1.internal:8080/fhir/r4/, /fhir/r4/",
    "HTTP://10.0.0.7/fhir/r4/Patient/1, /fhir/r4/Patient/1"
  })
  void linkBelowTheBaseIsAskedAtOurOrigin(String url, String own) {
    assertThat(BASE.own(url)).contains("https://api.example.com:8443" + own);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/fhir/r5/Patient",
        "https://evil.example/fhir/r4x",
        "https://evil.example/fhir/r4/../../admin",
        "https://evil.example",
        "https://user:password@evil.example/fhir/r4/Patient",
        "ftp://evil.example/fhir/r4/Patient",
        "file:/fhir/r4/Patient",
        "javascript:alert(1)"
      })
  void everyOtherLinkLeadsAway(String url) {
    assertThat(BASE.own(url)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.example.com/items", "https://other.example/items"})
  void nothingLiesBelowABaseWithoutAPath(String url) {
    assertThat(BaseUrl.configured(URI.create("https://api.example.com/")).own(url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com:8443/fhir/r4/Patient?a=%2F&b, Patient?a=%2F&b",
    "https://API.example.com:8443/fhir/r4?_getpages=7, ?_getpages=7",
    "https://api.example.com:8443/fhir/r4/?_getpages=7, /?_getpages=7",
    "https://old.example/fhir/r4/Patient/1, Patient/1",
    "https://old.example/elsewhere?b, https://api.example.com:8443/elsewhere?b",
    "https://old.example/fhir/r4x, https://api.example.com:8443/fhir/r4x",
    "https://old.example/fhir/r4/, https://api.example.com:8443/fhir/r4/",
    "https://old.example/fhir/r4//a, https://api.example.com:8443/fhir/r4//a",
    "https://old.example/fhir/r4/http://a, https://api.example.com:8443/fhir/r4/http://a"
  })
  void savedUrlIsAPathBelowTheBaseWhereItCanBe(String saved, String rebased) {
    assertThat(BASE.rebased(saved)).isEqualTo(rebased);
  }

  @Test
  void whatIsNoUrlIsNobodys() {
    assertThatThrownBy(() -> BASE.own("http://[")).isInstanceOf(IllegalArgumentException.class);
  }
}
