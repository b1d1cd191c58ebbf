package dev.sluice.rest.page;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.http.Failing;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaginationTest {

  /** The records of all pages. */
  private static List<String> all(ApiClient client, Listing listing) {
    var all = new ArrayList<String>();
    Optional<Request> next = Optional.of(listing.request());
    while (next.isPresent()) {
      Page page = client.page(listing, next.get());
      all.addAll(Failing.texts(page));
      next = page.next();
    }
    return all;
  }

  @Test
  void linkHeaderIsFollowedByteForByte() {
    var listing =
        Listing.of(Request.get("items").with("q", "a b")).paginated(Pagination.linkHeader());
    try (var server = new FaultServer();
        var client = new ClientInvocation().client(server.url()).build()) {
      server.answer(
          json(
              "[{\"n\":1}]",
              "Link: <" + server.url() + "/items?q=a+b&x=%2f,;c&page=2>; rel=\"next\""),
          json("[{\"n\":2}]", "Link: </first>; rel=\"first\"", "link: <?page=3>; rel=next"),
          json("[]", "Link: </first>; rel=\"first\""));

      assertThat(all(client, listing)).containsExactly("{\"n\":1}", "{\"n\":2}");
      assertThat(server.targets())
          .containsExactly("/items?q=a%20b", "/items?q=a+b&x=%2f,;c&page=2", "/items?page=3");
    }
  }

  @Test
  void nextUrlIsFollowed() {
    var listing =
        Listing.of(Request.get("v1/items"))
            .recordsIn("items")
            .paginated(Pagination.nextUrl("paging.next"));
    try (var server = new FaultServer();
        var client = new ClientInvocation().client(server.url()).build()) {
      server.answer(
          json("{\"paging\":{\"next\":\"" + server.url() + "/v1/items?p=2\"},\"items\":[{}]}"),
          json("{\"items\":[{}],\"paging\":{\"next\":\"/v1/items?p=3\"}}"),
          json("{\"items\":[],\"paging\":{\"next\":null}}"));

      assertThat(all(client, listing)).hasSize(2);
      assertThat(server.targets()).containsExactly("/v1/items", "/v1/items?p=2", "/v1/items?p=3");
    }
  }

  @Test
  void cursorTokenGoesIntoItsParameter() {
    var listing =
        Listing.of(Request.get("items"))
            .recordsIn("items")
            .with("size", "2")
            .paginated(Pagination.cursorToken("cursor", "next_cursor"));
    try (var server =
            new FaultServer(
                json("{\"next_cursor\":\"a+b/=\",\"items\":[]}"),
                json("{\"items\":[{\"n\":1}],\"next_cursor\":17}"),
                json("{\"items\":[{\"n\":2}],\"next_cursor\":\"\"}"));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThat(all(client, listing)).containsExactly("{\"n\":1}", "{\"n\":2}");
      assertThat(server.targets())
          .containsExactly(
              "/items?size=2", "/items?size=2&cursor=a%2Bb%2F%3D", "/items?size=2&cursor=17");
    }
  }

  @Test
  void pageNumberComesFromItsField() {
    var listing =
        Listing.of(Request.get("items"))
            .recordsIn("items")
            .paginated(Pagination.pageNumber("page", "next_page"));
    try (var server =
            new FaultServer(
                json("{\"items\":[{}],\"next_page\":2}"),
                json("{\"items\":[{}],\"next_page\":null}"));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThat(all(client, listing)).hasSize(2);
      assertThat(server.targets()).containsExactly("/items", "/items?page=2");
    }
  }

  @Test
  void pageNumberCountsToAnEmptyPage() {
    var listing = Listing.of(Request.get("items")).paginated(Pagination.pageNumber("page"));
    try (var server = new FaultServer(json("[{},{}]"), json("[{}]"), json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThat(all(client, listing)).hasSize(3);
      assertThat(server.targets()).containsExactly("/items", "/items?page=2", "/items?page=3");
    }
  }

  @Test
  void offsetGrowsByWhatCameUntilAShortPage() {
    var listing =
        Listing.of(Request.get("items")).paginated(Pagination.offsetLimit("offset", "limit", 2));
    try (var server = new FaultServer(json("[{},{},{}]"), json("[{},{}]"), json("[{}]"));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThat(all(client, listing)).hasSize(6);
      assertThat(server.targets())
          .containsExactly("/items?limit=2", "/items?limit=2&offset=3", "/items?limit=2&offset=5");
    }
  }

  @Test
  void offsetWithoutLimitGoesToAnEmptyPage() {
    var listing = Listing.of(Request.get("items")).paginated(Pagination.offset("skip"));
    try (var server = new FaultServer(json("[{},{}]"), json("[{}]"), json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThat(all(client, listing)).hasSize(3);
      assertThat(server.targets()).containsExactly("/items", "/items?skip=2", "/items?skip=3");
    }
  }

  @Test
  void listWithoutPagesIsOneResponse() {
    try (var server = new FaultServer(json("[{}]", "Link: </more>; rel=next"));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThat(all(client, Failing.ITEMS)).hasSize(1);
    }
  }

  @Test
  void bodyOfAPostIsSentWithEachPage() {
    var listing =
        Listing.of(Request.post("search/{kind}", "{\"q\":1}", "a b"))
            .recordsIn("r")
            .paginated(Pagination.cursorToken("c", "c"));
    try (var server = new FaultServer(json("{\"r\":[],\"c\":\"x\"}"), json("{\"r\":[]}"));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThat(all(client, listing)).isEmpty();
      assertThat(server.targets()).containsExactly("/search/a%20b", "/search/a%20b?c=x");
      assertThat(server.received())
          .allMatch(r -> r.method().equals("POST") && r.body().equals("{\"q\":1}"))
          .allMatch(r -> r.header("content-type").startsWith("application/json"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example/items",
        "http://127.0.0.1:1/items",
        "//evil.example/items",
        "https://127.0.0.1/items",
        "javascript:alert(1)",
        "file:/etc/passwd",
        "http://[broken"
      })
  void linkToAnotherOriginIsRefusedBeforeAnythingIsSent(String link) {
    var listing = Listing.of(Request.get("items")).recordsIn("r");
    try (var server =
            new FaultServer(
                json("{\"r\":[{}],\"n\":\"" + link + "\"}", "Link: <" + link + ">; rel=next"));
        var client =
            new ClientInvocation().client(server.url()).auth(Auth.bearer("canary")).build()) {

      for (var pagination : List.of(Pagination.linkHeader(), Pagination.nextUrl("n"))) {
        var failure = Failing.failure(client, listing.paginated(pagination));

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure).hasMessageContaining(link);
      }
      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void savedPageIsAPlaceOfTheListWhateverTheServerIsCalled() {
    var listing = Listing.of(Request.get("items")).paginated(Pagination.linkHeader());
    try (var server =
            new FaultServer(
                json("[{}]", "Link: </v1/items?a=%2F&page=2>; rel=next"), json("[]"), json("[]"));
        var client = new ClientInvocation().client(server.url().resolve("/v1")).build()) {
      Request next = client.page(listing, listing.request()).next().orElseThrow();
      var savedByAnEarlierRelease =
          new Request(
              Request.Method.GET,
              "https://old.example/v1/items?a=%2F&page=2",
              List.of(),
              Optional.empty());

      client.page(listing, next);
      client.page(listing, savedByAnEarlierRelease);

      assertThat(next.path()).isEqualTo("items?a=%2F&page=2");
      assertThat(server.targets())
          .containsExactly("/v1/items", "/v1/items?a=%2F&page=2", "/v1/items?a=%2F&page=2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://127.0.0.1/v1/items?page=2", "http://fhir.internal:8080/v1/items?page=2"})
  void linkOfASourceThatDoesNotKnowItsNameIsAskedAtOurOrigin(String link) {
    var listing = Listing.of(Request.get("items")).paginated(Pagination.linkHeader());
    try (var server =
            new FaultServer(json("[{}]", "Link: <" + link + ">; rel=next"), json("[{}]"));
        var client =
            new ClientInvocation()
                .client(server.url().resolve("/v1"))
                .auth(Auth.bearer("canary"))
                .build()) {
      assertThat(all(client, listing)).hasSize(2);
      assertThat(server.targets()).containsExactly("/v1/items", "/v1/items?page=2");
      assertThat(server.received())
          .allMatch(request -> request.header("authorization").equals("Bearer canary"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 409, 410})
  void listThatHasBegunDoesNotEndInARefusalThatMeansNone(int status) {
    var listing =
        Listing.of(Request.get("items")).paginated(Pagination.linkHeader()).emptyOn(status);
    try (var server = new FaultServer();
        var client = new ClientInvocation().client(server.url()).build()) {
      server.answer(json("[{}]", "Link: <?page=2>; rel=next"), status(status, "{}"));

      var failure = catchThrowableOfType(ConnectorException.class, () -> all(client, listing));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure)
          .hasMessageContainingAll("?page=2: status " + status, "If this lasts", "larger pages");
      assertThat(client.page(listing, listing.request()).records())
          .as("of the list itself, which now has that status")
          .isEmpty();
    }
  }

  @Test
  void requestToAnotherOriginIsNotSent() {
    try (var server = new FaultServer(json("[]"));
        var other = new FaultServer(json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure =
          catchThrowableOfType(
              ConnectorException.class, () -> client.json(Request.get(other.url() + "/items")));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(other.connections()).isZero();
    }
  }
}
