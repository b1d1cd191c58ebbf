package dev.sluice.rest.page;

import static dev.sluice.rest.http.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that tell how many records they have. */
class ListTotalsTest {
  private static final Listing PAIRS =
      Listing.of(Request.get("items"))
          .recordsIn("items")
          .totalIn("meta.total")
          .paginated(Pagination.nextUrl("next"))
          .sizedBy("count", 2);

  private static FaultServer.Answer page(int records, String total, String next) {
    return json(
        "{\"items\": [%s], \"meta\": {\"total\": %s}, \"next\": \"%s\"}"
            .formatted(
                String.join(",", java.util.Collections.nCopies(records, "{}")), total, next));
  }

  private static int all(ApiClient client, Listing listing) {
    var all = new ArrayList<Page>();
    Optional<Request> next = Optional.of(listing.request());
    while (next.isPresent()) {
      all.add(client.page(listing, next.get()));
      next = all.getLast().next();
    }
    return all.stream().mapToInt(page -> page.records().size()).sum();
  }

  @Test
  void fullLastPageBeforeTheTotalIsRefused() {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(page(2, "5", "/items?at=2&count=2"), page(2, "5", ""));
        var client = invocation.client(server.url()).build()) {

      assertThatThrownBy(() -> all(client, PAIRS))
          .hasMessageContaining("/items?at=2&count=2")
          .hasMessageContaining(
              "the list has 5 records, as its 'meta.total' says, and gave 4 without a link to"
                  + " more");
      assertThat(server.targets()).containsExactly("/items?count=2", "/items?at=2&count=2");
      assertThat(invocation.warnings()).isEmpty();
    }
  }

  @Test
  void everyPassOverAListCountsAnew() {
    try (var server = new FaultServer();
        var client = new ClientInvocation().client(server.url()).build()) {
      for (int pass = 0; pass < 3; pass++) {
        server.answer(page(2, "4", "/items?at=2"), page(2, "4", ""));

        assertThat(all(client, PAIRS)).isEqualTo(4);
      }
      server.answer(page(2, "4", ""));

      assertThatThrownBy(() -> all(client, PAIRS)).hasMessageContaining("gave 2 without");
    }
  }

  @ParameterizedTest
  @CsvSource({"1,5", "0,1"})
  void pageWithRoomIsTakenWithAWarning(int records, String total) {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(page(records, total, ""));
        var client = invocation.client(server.url()).build()) {

      all(client, PAIRS);
      all(client, PAIRS);

      assertThat(invocation.warnings())
          .containsExactly(
              "items: the list has %s records, as its 'meta.total' says, and gave %d without a link to more; the source may count what it does not show"
                  .formatted(total, records));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "1", "0", "null", "\"many\"", "-1", "2.5", "{}"})
  void totalThatIsReachedOrUnknownIsNothingToSpeakOf(String total) {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(page(2, total, ""));
        var client = invocation.client(server.url()).build()) {

      assertThat(all(client, PAIRS)).isEqualTo(2);
      assertThat(invocation.warnings()).isEmpty();
    }
  }

  @Test
  void earlierPageWithRoomLeavesItOpenWhatIsCounted() {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(page(1, "4", "/items?at=2"), page(2, "4", ""));
        var client = invocation.client(server.url()).build()) {

      assertThat(all(client, PAIRS)).isEqualTo(3);
      assertThat(invocation.warnings()).hasSize(1);
    }
  }

  @Test
  void listThatIsContinuedInTheMiddleTellsNothing() {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(page(2, "5", ""));
        var client = invocation.client(server.url()).build()) {
      Request middle = new Request(Request.Method.GET, "items/4", List.of(), Optional.empty());

      assertThat(client.page(PAIRS, middle).records()).hasSize(2);
      assertThat(invocation.warnings()).isEmpty();
    }
  }

  @Test
  void sizeOfAPostIsInItsBody() {
    var search =
        Listing.of(Request.post("search", "{\"q\": \"x\"}"))
            .recordsIn("items")
            .totalIn("meta.total")
            .sizedBy("limit", 2);
    try (var server = new FaultServer(page(2, "3", ""));
        var client = new ClientInvocation().client(server.url()).build()) {

      assertThatThrownBy(() -> all(client, search)).hasMessageContaining("has 3 records");
      assertThat(server.received().getFirst().body()).isEqualTo("{\"q\":\"x\",\"limit\":2}");
    }
  }
}
