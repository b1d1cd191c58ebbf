package dev.sluice.rest.strategy;

import static dev.sluice.rest.http.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysetTest {
  private static final Keyset BY_ID = new Keyset("id");

  private static WindowScanPage page(FaultServer server, Optional<String> place) {
    try (var client = new ClientInvocation().client(server.url()).build()) {
      return BY_ID.page(place, after -> page(client, after));
    }
  }

  private static WindowScanPage page(ApiClient client, Optional<String> after) {
    Listing listing =
        Listing.of(Request.post("search", "{}").with("after", after))
            .recordsIn("items")
            .paginated(Pagination.cursorToken("after", "next"));
    Page page = client.page(listing, listing.request());
    return new WindowScanPage(page.records(), page.next().flatMap(next -> next.parameter("after")));
  }

  @Test
  void nextPageBeginsBeyondTheLastKeyWhateverTheSourceCallsIt() {
    try (var server =
        new FaultServer(json("{\"items\":[{\"id\":\"9\"},{\"id\":10}],\"next\":\"200\"}"))) {
      WindowScanPage page = page(server, Optional.of("8"));

      assertThat(page.records()).hasSize(2);
      assertThat(page.next()).contains("10");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"items\":[{\"id\":1}]}", "{\"items\":[]}"})
  void pageThatNothingFollowsEnds(String answer) {
    try (var server = new FaultServer(json(answer))) {
      assertThat(page(server, Optional.empty()).next()).isEmpty();
    }
  }

  @Test
  void emptyPageThatLeadsOnIsFollowed() {
    try (var server =
        new FaultServer(
            json("{\"items\":[],\"next\":\"200\"}"),
            json("{\"items\":[],\"next\":\"400\"}"),
            json("{\"items\":[{\"id\":9}],\"next\":\"600\"}"))) {
      WindowScanPage page = page(server, Optional.of("8"));

      assertThat(page.records()).hasSize(1);
      assertThat(page.next()).contains("9");
    }
  }

  @Test
  void emptyPagesEndSometime() {
    try (var server =
        new FaultServer(json("{\"items\":[],\"next\":\"200\"}"), json("{\"items\":[]}"))) {
      assertThat(page(server, Optional.of("8")).next()).isEmpty();
    }
  }

  @Test
  void emptyPagesWithoutEndAreRefused() {
    WindowScanPage empty = new WindowScanPage(List.of(), Optional.of("200"));

    var failure =
        catchThrowableOfType(
            ConnectorException.class, () -> BY_ID.page(Optional.empty(), after -> empty));

    assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(failure).hasMessageContaining("50 pages");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\":[{\"id\":2},{\"id\":1}]}",
        "{\"items\":[{\"id\":\"9\"},{\"id\":\"9\"}]}",
        "{\"items\":[{\"id\":1}]}",
        "{\"items\":[{\"id\":\"x\"}]}",
        "{\"items\":[{}]}"
      })
  void listThatIsNotSortedByTheKeyIsRefused(String answer) {
    try (var server = new FaultServer(json(answer))) {
      var failure =
          catchThrowableOfType(ConnectorException.class, () -> page(server, Optional.of("1")));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("'id'");
    }
  }
}
