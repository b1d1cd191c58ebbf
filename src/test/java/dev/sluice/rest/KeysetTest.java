package dev.sluice.rest;

import static dev.sluice.rest.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class KeysetTest {
  private static final Keyset BY_ID = new Keyset("id");

  private static SweptPage page(FaultServer server, Optional<String> place) {
    Listing listing =
        Listing.of(Request.post("search", "{}"))
            .recordsIn("items")
            .paginated(Pagination.cursorToken("after", "next"));
    try (var client = new Invocation().client(server.url()).build()) {
      return BY_ID.page(client, listing, place);
    }
  }

  @Test
  void nextPageBeginsBeyondTheLastKeyWhateverTheSourceCallsIt() {
    try (var server =
        new FaultServer(json("{\"items\":[{\"id\":\"9\"},{\"id\":10}],\"next\":\"200\"}"))) {
      SweptPage page = page(server, Optional.of("8"));

      assertThat(page.records()).hasSize(2);
      assertThat(page.next()).contains("10");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"items\":[{\"id\":1}]}", "{\"items\":[],\"next\":\"200\"}", "{\"items\":[]}"})
  void pageThatNothingFollowsEnds(String answer) {
    try (var server = new FaultServer(json(answer))) {
      assertThat(page(server, Optional.empty()).next()).isEmpty();
    }
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
