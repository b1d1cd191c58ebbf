package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectTest {

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void credentialsFollowOnTheSameOrigin(int status) {
    try (var server =
            new FaultServer(
                status(status, "moved", "Location: /repositories/7?x=%2F"), json("[{}]"));
        var client = new ClientInvocation().client(server.url()).auth(Auth.bearer("t")).build()) {

      assertThat(Failing.items(client)).hasSize(1);
      assertThat(server.targets()).containsExactly("/items", "/repositories/7?x=%2F");
      assertThat(server.received()).allMatch(r -> r.header("authorization").equals("Bearer t"));
    }
  }

  @Test
  void nextLinkIsRelativeToWhereTheRedirectLed() {
    var listing = Listing.of(Request.get("items")).paginated(Pagination.linkHeader());
    try (var server =
            new FaultServer(
                status(301, "", "Location: /new/items"),
                json("[{}]", "Link: <?page=2>; rel=next"),
                json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      var page = client.page(listing, listing.request());
      client.page(listing, page.next().orElseThrow());

      assertThat(server.targets()).containsExactly("/items", "/new/items", "/new/items?page=2");
    }
  }

  @Test
  void nothingIsSentToAnotherOrigin() {
    try (var other = new FaultServer(json("[]"));
        var server =
            new FaultServer(status(302, "", "Location: " + other.url() + "/items?token=abc"));
        var client =
            new ClientInvocation()
                .client(server.url())
                .auth(Auth.basic("user", "password"))
                .build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining(other.url() + "/items,");
      assertThat(server.received()).hasSize(1);
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void redirectOfASourceThatDoesNotKnowItsNameIsAskedAtOurOrigin() {
    try (var server = new FaultServer()) {
      server.answer(
          status(301, "", "Location: https://fhir.internal:8443/v1/things?x=%2F"), json("[{}]"));
      var base = server.url().resolve("/v1");
      try (var client = new ClientInvocation().client(base).auth(Auth.bearer("t")).build()) {
        assertThat(Failing.items(client)).hasSize(1);
        assertThat(server.targets()).containsExactly("/v1/items", "/v1/things?x=%2F");
        assertThat(server.received()).allMatch(r -> r.header("authorization").equals("Bearer t"));
      }
    }
  }

  @Test
  void redirectToTheSamePathElsewhereSaysThatTheSourceHasMoved() {
    try (var server = new FaultServer(status(301, "", "Location: https://new.example/v1/items"));
        var client = new ClientInvocation().client(server.url().resolve("/v1")).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure)
          .hasMessageContainingAll("https://new.example/v1/items", "correct the URL");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void circleOfRedirectsEnds() {
    try (var server = new FaultServer(status(302, "", "Location: /items"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(server.received()).hasSize(6);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-None: 1", "Location: http://[", "Location: file:/etc/passwd"})
  void redirectToNowhereIsAnError(String header) {
    try (var server = new FaultServer(status(302, "", header));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.failure(client).kind()).isIn(Kind.PROTOCOL, Kind.CONFIGURATION);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void postIsRepeatedOnlyWhereTheRedirectSaysSo() {
    var listing = Listing.of(Request.post("search", "{}"));
    try (var server =
            new FaultServer(
                status(307, "", "Location: /b"),
                json("[]"),
                status(303, "", "Location: /c"),
                json("[]"),
                status(302, "", "Location: /d"));
        var client = new ClientInvocation().client(server.url()).build()) {
      client.page(listing, listing.request());
      client.page(listing, listing.request());
      var failure = Failing.failure(client, listing);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(server.received())
          .extracting(r -> r.method() + " " + r.target())
          .containsExactly("POST /search", "POST /b", "POST /search", "GET /c", "POST /search");
    }
  }
}
