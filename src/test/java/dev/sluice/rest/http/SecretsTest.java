package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.rawThenEnd;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.auth.OAuthClient;
import dev.sluice.rest.auth.SigningKey;
import dev.sluice.rest.auth.TokenDiscovery;
import dev.sluice.rest.auth.TokenEndpoint;
import dev.sluice.rest.http.FaultServer.Answer;
import dev.sluice.rest.http.FaultServer.Received;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.rest.json.ResponseJson;
import dev.sluice.rest.page.Pagination;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretsTest {
  private static final AtomicLong TRIED = new AtomicLong();
  private static final String CANARY = "c4nary/+\"é s3cret";

  /** How a source may write what it was sent. */
  private static final List<UnaryOperator<String>> ESCAPES =
      List.of(
          text -> text,
          text -> text.toUpperCase(Locale.ROOT),
          text -> text.replace("/", "\\/"),
          text -> text.replace("/", "&#x2F;").replace("\"", "&quot;").replace(" ", "&nbsp;"),
          text -> text.replace("/", "%2f").replace("\"", "%22").replace("+", "%2b"),
          text -> text.replace("c4nary", "nary").replace("s3cret", "s3cr"),
          text -> Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));

  /** What it signs begins with the bytes that every JSON web token begins with. */
  private static final SigningKey KEY = key();

  private static SigningKey key() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(384);
      byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
      return SigningKey.pem(
          SigningKey.Algorithm.ES384,
          "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
              .formatted(Base64.getMimeEncoder().encodeToString(encoded)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A source that sends everything back that it was sent, in every way in which it can fail. */
  private static List<Answer> echoes() {
    var echoes = new ArrayList<Answer>();
    for (int status : new int[] {302, 400, 401, 403, 404, 418, 429, 500, 501, 503}) {
      echoes.add(echo(text -> status(status, text)));
    }
    echoes.add(echo(text -> status(302, "", "Location: https://evil.example/?" + text)));
    echoes.add(echo(text -> status(302, "", "Location: https://evil.example/" + text)));
    echoes.add(echo(text -> status(403, text, "Retry-After: 99999")));
    for (UnaryOperator<String> escape : ESCAPES) {
      echoes.add(echo(text -> status(400, "{\"message\":" + quoted(escape.apply(text)) + "}")));
    }
    echoes.add(echo(text -> status(200, text, "Content-Type: " + text)));
    echoes.add(echo(text -> json("<html>" + text)));
    echoes.add(echo(text -> json(text)));
    echoes.add(echo(text -> json(text.replaceAll("[^A-Za-z0-9]", ""))));
    echoes.add(echo(text -> json("{\"errors\":[" + quoted(text) + "]}")));
    echoes.add(echo(text -> json("{\"items\":" + quoted(text) + "}")));
    echoes.add(
        echo(text -> json("{\"items\":[],\"next\":" + quoted("https://evil/?" + text) + "}")));
    echoes.add(echo(text -> json("{\"items\":[],\"next\":" + quoted("http://[" + text) + "}")));
    echoes.add(echo(text -> rawThenEnd("HTTP/1.1 200 " + text + "\r\nContent-Length: 9\r\n\r\n")));
    echoes.add(echo(text -> rawThenEnd(text + "\r\n\r\n")));
    return echoes;
  }

  private static Answer echo(Function<String, Answer> answer) {
    return (request, connection) -> answer.apply(oneLine(request)).play(request, connection);
  }

  private static String oneLine(Received request) {
    return CANARY + " " + request.headers().values() + request.target() + request.body();
  }

  private static String quoted(String text) {
    return ResponseJson.MAPPER.getNodeFactory().textNode(text).toString();
  }

  static Stream<Function<URI, Auth>> auths() {
    return Stream.of(
        url -> Auth.bearer(CANARY.replace("é", "e")),
        url -> Auth.basic("user", CANARY),
        url -> Auth.apiKeyHeader("X-Api-Key", CANARY.replace("é", "e")),
        url -> Auth.apiKeyQuery("api_key", CANARY),
        url -> Auth.clientCredentials(TokenEndpoint.of(url, OAuthClient.basicSecret("me", CANARY))),
        url ->
            Auth.clientCredentials(TokenEndpoint.of(url, OAuthClient.postedSecret("me", CANARY))),
        url ->
            Auth.refreshToken(
                TokenEndpoint.of(url, OAuthClient.basicSecret("me", "other")), CANARY),
        url -> Auth.clientCredentials(TokenEndpoint.of(url, OAuthClient.signed("me", KEY))),
        url ->
            Auth.clientCredentials(TokenDiscovery.of(url, OAuthClient.basicSecret("me", CANARY))),
        url -> Auth.installationToken(url, "me", KEY));
  }

  /** Every style was tried, and each was sent back in some way. */
  @AfterAll
  static void everyStyleWasTried() {
    assertThat(TRIED).hasValue(auths().count() * echoes().size());
  }

  @ParameterizedTest
  @MethodSource("auths")
  void noFailureShowsASecret(Function<URI, Auth> auth) {
    var listing = Failing.ITEMS.recordsIn("items").paginated(Pagination.nextUrl("next"));
    for (Answer echo : echoes()) {
      var invocation = new ClientInvocation();
      try (var server = new FaultServer(echo);
          var client = client(invocation, server.url(), auth.apply(server.url()))) {
        var failure = Failing.failure(client, listing);

        assertThat(failure).isNotNull();
        assertThat(server.received()).isNotEmpty();
        assertNoSecret(printed(failure));
        assertNoSecret(invocation.reasons().toString());
        TRIED.incrementAndGet();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("echoedTokens")
  void noFailureShowsATokenThatWasFetched(Answer echo) {
    String token = "{\"access_token\":" + quoted("c4nary-s3cret-token") + "}";
    try (var tokens = new FaultServer(json(token));
        var server = new FaultServer(echo);
        var client =
            client(
                new ClientInvocation(),
                server.url(),
                Auth.clientCredentials(
                    TokenEndpoint.of(tokens.url(), OAuthClient.basicSecret("me", CANARY))))) {
      assertNoSecret(printed(Failing.failure(client)));
    }
  }

  static Stream<Answer> echoedTokens() {
    return echoes().stream();
  }

  private static ApiClient client(ClientInvocation invocation, URI url, Auth auth) {
    return invocation
        .client(url)
        .auth(auth)
        .secret(CANARY)
        .retry(new RetryPolicy(2, Duration.ZERO))
        .errorDetector(ErrorDetector.field("errors"))
        .build();
  }

  private static String printed(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void assertNoSecret(String text) {
    String basic =
        Base64.getEncoder().encodeToString(("user:" + CANARY).getBytes(StandardCharsets.UTF_8));
    assertThat(text)
        .doesNotContainIgnoringCase("c4nary")
        .doesNotContainIgnoringCase("s3cret")
        .doesNotContain("eyJ")
        .doesNotContain(basic);
  }

  @Test
  void secretsAreMaskedInEveryForm() {
    var secrets = new Secrets();
    secrets.add("a b/c\"");
    secrets.add("a b");
    secrets.add("");

    assertThat(secrets.mask("1 a b/c\" 2 a%20b%2Fc%22 3 a+b%2Fc%22 4 a b/c\\\" 5 a b 6"))
        .isEqualTo("1 *** 2 *** 3 *** 4 *** 5 *** 6");
  }

  @Test
  void excerptIsOneShortLineWithoutHalfASecret() {
    var secrets = new Secrets();
    secrets.add("secret");

    assertThat(secrets.excerpt(" a\r\n\tb\u0000c ")).isEqualTo("a b c");
    assertThat(secrets.excerpt("a\u009b2Jb\u202ec\u2066d\u200fe\u061cf\u2028g"))
        .isEqualTo("a 2Jb c d e f g");
    assertThat(secrets.excerpt("x".repeat(197) + "secret")).endsWith("x***");
  }

  @Test
  void printedValuesHoldNoSecret() {
    var endpoint =
        TokenEndpoint.of(URI.create("https://h"), OAuthClient.postedSecret("me", CANARY));

    for (Object value :
        List.of(
            Auth.bearer(CANARY),
            Auth.basic("user", CANARY),
            Auth.apiKeyQuery("k", CANARY),
            Auth.refreshToken(endpoint, CANARY),
            endpoint)) {
      assertThat(value.toString()).doesNotContain("c4nary");
    }
  }
}
