package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
  private static final Option<String> OWNER = Option.text("owner", "Who owns it").required();
  private static final Option<String> TOKEN = Option.secret("token", "A token");
  private static final Option<Integer> SIZE =
      Option.number("size", "Records", 1, 100).withDefault(50);
  private static final Option<Duration> LOOKBACK = Option.seconds("lookback_seconds", "Back");
  private static final Option<Instant> START = Option.timestamp("start", "Begin");
  private static final Option<URI> URL = Option.url("base_url", "Where");
  private static final Option<URI> ENDPOINT =
      Option.endpoint("token_url", "Where tokens come from");
  private static final Option<String> STATE = Option.oneOf("state", "Which", "open", "closed");
  private static final List<Option<?>> ALL =
      List.of(OWNER, TOKEN, SIZE, LOOKBACK, START, URL, STATE);

  @Test
  void valuesAreReadThroughTheirDeclarations() {
    var options =
        Options.of(
            Map.of(
                "owner", "aws",
                "lookback_seconds", "300",
                "start", "2026-01-31T01:00:00+01:00",
                "base_url", "https://api.example.com/v3/",
                "state", "open"));

    options.check(ALL);
    assertThat(options.get(OWNER)).isEqualTo("aws");
    assertThat(options.get(SIZE)).isEqualTo(50);
    assertThat(options.find(LOOKBACK)).contains(Duration.ofMinutes(5));
    assertThat(options.find(START)).contains(Instant.parse("2026-01-31T00:00:00Z"));
    assertThat(options.get(URL)).isEqualTo(URI.create("https://api.example.com/v3"));
    assertThat(options.find(TOKEN)).isEmpty();
  }

  @Test
  void aMissingOptionIsNamed() {
    assertThatThrownBy(() -> Options.NONE.check(ALL))
        .hasMessage("Missing option 'owner': Who owns it")
        .extracting(e -> ((ConnectorException) e).kind())
        .isEqualTo(ConnectorException.Kind.CONFIGURATION);
  }

  @Test
  void anUnknownOptionIsNamedBesideTheKnownOnes() {
    assertThatThrownBy(() -> Options.of(Map.of("ownr", "aws")).check(List.of(OWNER, SIZE)))
        .hasMessage("Unknown option 'ownr'; known are owner, size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "owner | ' ' | a value that is not blank",
        "size | 0 | a whole number from 1 to 100",
        "size | many | a whole number from 1 to 100",
        "lookback_seconds | -1 | a whole number of seconds, zero or more",
        "start | yesterday | a timestamp such as 2026-01-31T00:00:00Z",
        "base_url | http://api.example.com | an https URL (http only for localhost)",
        "base_url | http://127.evil.example | an https URL (http only for localhost)",
        "base_url | ftp://localhost/x | an https URL",
        "base_url | https://user:pw@example.com | a URL such as https://api.example.com",
        "state | done | one of open, closed",
      })
  void aWrongValueIsNamedWithWhatIsTaken(String name, String value, String expected) {
    assertThatThrownBy(() -> Options.of(Map.of("owner", "aws")).with(name, value).check(ALL))
        .hasMessage("Option '%s' is '%s'; it takes %s".formatted(name, value, expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://localhost:8080", "http://127.0.0.1:1", "http://[::1]:1", "https://x.org"})
  void httpIsForThisMachineOnly(String url) {
    assertThat(Options.of(Map.of("base_url", url)).find(URL)).contains(URI.create(url));
  }

  @Test
  void aSecretIsInNoMessageAndInNoText() {
    var options = Options.of(Map.of("owner", "aws", "token", " "));

    assertThatThrownBy(() -> options.check(ALL))
        .hasMessage("Option 'token' is not valid; it takes a value that is not blank");
    assertThat(Options.of(Map.of("token", "s3cr3t")).toString()).doesNotContain("s3cr3t");
  }

  @Test
  void digestIsOfNamesAndValuesInWhateverOrder() {
    String digest = Options.NONE.with("a", "1").with("b", "2").digest();

    assertThat(Options.NONE.with("b", "2").with("a", "1").digest()).isEqualTo(digest);
    assertThat(
            List.of(
                Options.NONE.digest(),
                Options.NONE.with("a", "1").digest(),
                Options.NONE.with("a", "2").with("b", "1").digest(),
                Options.NONE.with("a", "1b2").digest(),
                Options.NONE.with("a1", "").with("b", "2").digest()))
        .doesNotHaveDuplicates()
        .doesNotContain(digest);
  }

  @Test
  void anEndpointIsTakenAsItStands() {
    assertThat(Options.of(Map.of("token_url", " https://id.example/token/ ")).get(ENDPOINT))
        .isEqualTo(URI.create("https://id.example/token/"));
    assertThatThrownBy(() -> Options.of(Map.of("token_url", "http://id.example/")).find(ENDPOINT))
        .hasMessageContaining("an https URL");
  }
}
