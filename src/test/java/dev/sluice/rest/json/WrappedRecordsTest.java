package dev.sluice.rest.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.json.Splitter.Split;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that lie in the elements of an array, and a link that lies among others. */
class WrappedRecordsTest {
  private static final String BUNDLE =
      """
      {"type": "Bundle",
       "entry": [{"url": "a", "resource": {"id": "1", "resource": {}}, "search": {"mode": "match"}},
                 {"resource": {"id": "2"}, "search": {"mode": "include"}},
                 {"search": {"mode": "outcome"}},
                 {"search": {"mode": "match"}, "resource": {"id": "3"}}],
       "link": [{"relation": "self", "url": "s"}, {"url": "n", "relation": "next"}]}
      """;

  private static Split split(String json, Predicate<SourceRecord> wanted) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    var layout =
        ResponseLayout.ARRAY
            .recordsIn("entry[].resource")
            .linkedBy("link[relation=next].url")
            .of(new ResponseType("type", "Bundle"))
            .only(wanted)
            .extracting(List.of("id", "meta.lastUpdated"));
    return Splitter.split(bytes, bytes.length, layout, ErrorDetector.none());
  }

  @Test
  void recordsAreTakenOutOfTheElementsThatPass() throws IOException {
    Split split = split(BUNDLE, entry -> entry.text("search.mode").equals(Optional.of("match")));

    assertThat(split.records())
        .extracting(SourceRecord::json)
        .containsExactly("{\"id\": \"1\", \"resource\": {}}", "{\"id\": \"3\"}");
    assertThat(split.elements()).isEqualTo(4);
    assertThat(split.link()).contains("n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"resource\": null}", "{\"resource\": [{}]}"})
  void anElementThatPassesHasARecord(String element) {
    assertThatThrownBy(
            () ->
                split(
                    "{\"type\": \"Bundle\", \"entry\": [{\"resource\": {}}, " + element + "]}",
                    entry -> true))
        .hasMessage("element 1 of 'entry' has no object in its field 'resource'");
  }

  @Test
  void aResponseMayItselfBeTheRecord() throws IOException {
    String user = "{\"login\": \"octo\", \"plan\": {\"name\": \"free\"}}";

    assertThat(whole(user, ErrorDetector.none()).records())
        .extracting(SourceRecord::json)
        .containsExactly(user);
    assertThatThrownBy(() -> whole("[" + user + "]", ErrorDetector.none()))
        .hasMessage("the response is not the object that was expected");
    assertThatThrownBy(
            () -> whole("{\"errors\":[\"no\"]}", (field, value) -> Optional.of("an error")))
        .hasMessage("an error");
  }

  private static Split whole(String body, ErrorDetector detector) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    return Splitter.split(bytes, bytes.length, RecordPath.WHOLE, "", detector);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[{\"relation\": \"self\", \"url\": \"s\"}]",
        "[{\"relation\": \"next\"}]",
        "[{\"relation\": \"next\", \"url\": \"\"}]",
        "[{\"relation\": \"next\", \"url\": null}]",
        "null",
        "\"next\""
      })
  void withoutALinkOfItsRelationItIsTheLastPage(String links) throws IOException {
    assertThat(split("{\"link\": " + links + ", \"type\": \"Bundle\"}", entry -> true).link())
        .isEmpty();
  }

  @Test
  void aMarkedResponseMayLeaveOutItsRecords() throws IOException {
    Split split = split("{\"type\": \"Bundle\", \"total\": 0}", entry -> true);

    assertThat(split.records()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"Patient\", \"entry\": []}",
        "{\"entry\": [{\"type\": \"Bundle\", \"resource\": {}}]}",
        "{\"type\": {\"type\": \"Bundle\"}}",
        "{}",
        "null"
      })
  void aResponseWithoutItsMarkerIsRefused(String json) {
    assertThatThrownBy(() -> split(json, entry -> true))
        .hasMessage("the response is not one whose 'type' is 'Bundle'");
  }

  @Test
  void whatLooksAtTheElementsMayRefuseThePage() {
    assertThatThrownBy(
            () ->
                split(
                    BUNDLE,
                    entry -> {
                      throw ConnectorException.protocol("an error among the records");
                    }))
        .hasMessage("an error among the records");
  }

  @ParameterizedTest
  @CsvSource({"link[next].url", "link[relation=next]", "link[relation=next].url.x"})
  void aSelectionIsWrittenInOneWay(String path) {
    assertThatThrownBy(() -> SelectedLink.parse(path))
        .hasMessageContaining("link[relation=next].url");
  }

  @Test
  void pagesOfWrappedRecordsFollowTheirLink() {
    try (var server =
            new FaultServer(
                FaultServer.json(BUNDLE.replace("\"n\"", "\"/more\"")),
                FaultServer.json("{\"type\": \"Bundle\"}"));
        var client = new ClientInvocation().client(server.url()).build()) {
      var listing =
          Listing.of(Request.get("items"))
              .recordsIn("entry[].resource")
              .markedBy("type", "Bundle")
              .only(element -> !element.text("search.mode").equals(Optional.of("outcome")))
              .paginated(Pagination.nextUrl("link[relation=next].url"));

      Page first = client.page(listing, listing.request());
      Page second = client.page(listing, first.next().orElseThrow());

      assertThat(first.records()).hasSize(3);
      assertThat(second.records()).isEmpty();
      assertThat(second.next()).isEmpty();
      assertThat(server.targets()).containsExactly("/items", "/more");
    }
  }
}
