package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are a part of the truth, or about something else. */
class UntrueAnswersTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));
  private static final int PROPERTIES = 1;
  private static final int PAGE = 2;
  private static final int BATCH = 3;

  private static void put(HubSpotStandIn hubSpot, int key, Instant modified) {
    CrmTable notes = hubSpot.api().table("notes");
    notes.put(CrmFixture.object(notes, RowSpec.of(key, modified)));
  }

  private static HubSpotReader reader(HubSpotStandIn hubSpot) {
    return HubSpotReader.of(hubSpot, "notes").with("associations", "none");
  }

  /** From this request on, the source says so whatever it is asked. */
  private static void says(HubSpotStandIn hubSpot, int request, String body) {
    var answer = new Fault.Answer(200, Map.of("Content-Type", "application/json"), body);
    hubSpot.wire().beforeRequest(request, () -> hubSpot.wire().fail(answer));
  }

  private static ConnectorException failure(Runnable read) {
    return catchThrowableOfType(ConnectorException.class, read::run);
  }

  private static String note(int id, Instant modified) {
    return "{\"id\": \"%d\", \"updatedAt\": \"%2$s\", \"archived\": false, \"properties\": {\"hs_lastmodifieddate\": \"%2$s\"}}"
        .formatted(id, modified);
  }

  @Test
  void searchThatSaysMoreThanItGivesIsRefused() {
    try (var hubSpot = new HubSpotStandIn()) {
      put(hubSpot, 0, DAY.minusSeconds(60));
      var reader = reader(hubSpot).with("page_size", "2");
      reader.read(DAY);
      Instant later = DAY.plusSeconds(60);
      says(
          hubSpot,
          PAGE,
          "{\"total\": 5, \"results\": [%s, %s]}".formatted(note(1, later), note(2, later)));

      ConnectorException failure = failure(() -> reader.read(NEXT_DAY));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("has 5 records, as its 'total' says, and gave 2");
    }
  }

  @Test
  void searchThatIgnoresItsFilterIsRefused() {
    try (var hubSpot = new HubSpotStandIn()) {
      put(hubSpot, 0, DAY.minusSeconds(60));
      var reader = reader(hubSpot);
      reader.read(DAY);
      Instant early = DAY.minus(Duration.ofDays(9));
      says(
          hubSpot,
          PAGE,
          "{\"total\": 2, \"results\": [%s, %s]}".formatted(note(1, early), note(2, early)));

      ConnectorException failure = failure(() -> reader.read(NEXT_DAY));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("nothing but older ones, such as 1");
    }
  }

  @Test
  void liveObjectIsNoDeletion() {
    try (var hubSpot = new HubSpotStandIn()) {
      says(hubSpot, 1, "{\"results\": [" + note(7, DAY) + "]}");

      ConnectorException failure = failure(() -> reader(hubSpot).readDeletes(DAY));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("archived notes holds 7, which is not archived");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | {'results': [{'type': 'string'}]} | properties has no 'name'",
        "2 | {'results': [{'properties': {}}]} | has no 'id'",
        "2 | {'results': [null]} | not an object",
        "3 | {'status': 'COMPLETE', 'results': [{'to': []}]} | associations has no 'from/id'",
        "3 | {'status': 'COMPLETE', 'results': [{'from': {'id': '1'}, 'to': [{}]}]} | 'toObjectId'"
      },
      quoteCharacter = '`')
  void elementThatCannotBeTakenIsAnError(int request, String body, String message) {
    try (var hubSpot = new HubSpotStandIn()) {
      put(hubSpot, 0, DAY.minusSeconds(60));
      says(hubSpot, request, body.replace('\'', '"'));

      ConnectorException failure = failure(() -> HubSpotReader.of(hubSpot, "notes").read(DAY));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'status': 'COMPLETE', 'results': []} | PROTOCOL | lacks 1 that were asked for",
        "{'status': 'PENDING', 'results': []} | TRANSIENT | its status is 'PENDING'",
        "{'status': 'COMPLETE', 'results': [{}]} | PROTOCOL | objects has no 'id'"
      },
      quoteCharacter = '`')
  void objectsThatAreAskedForByTheirIdsAreThereOrSaidToBeGone(
      String body, Kind kind, String message) {
    try (var hubSpot = new HubSpotStandIn()) {
      Map<String, String> many = new TreeMap<>();
      IntStream.range(0, 900).forEach(i -> many.put("a_long_name_of_a_property_" + i, "string"));
      hubSpot.api().table("notes").define(many);
      put(hubSpot, 0, DAY.minusSeconds(60));
      says(hubSpot, BATCH, body.replace('\'', '"'));

      ConnectorException failure = failure(() -> reader(hubSpot).read(DAY));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @CsvSource({"RATE_LIMITS,TRANSIENT,3", "VALIDATION_ERROR,PROTOCOL,1"})
  void errorWithStatus200IsRepeatedWhenItPasses(String category, Kind kind, int attempts) {
    try (var hubSpot = new HubSpotStandIn()) {
      says(
          hubSpot,
          PROPERTIES,
          "{\"status\": \"error\", \"category\": \"" + category + "\", \"message\": \"not now\"}");

      ConnectorException failure = failure(() -> reader(hubSpot).read(DAY));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining("not now");
      assertThat(hubSpot.wire().requests()).isEqualTo(attempts);
    }
  }

  @Test
  void pageSizeHoldsForListsSearchesAndTheArchive() {
    try (var hubSpot = new HubSpotStandIn()) {
      IntStream.range(0, 20).forEach(key -> put(hubSpot, key, DAY.minusSeconds(60)));
      var reader = reader(hubSpot).with("page_size", "7");

      reader.read(DAY);
      IntStream.range(0, 20).forEach(key -> put(hubSpot, key, DAY.plusSeconds(60)));
      reader.read(NEXT_DAY);
      reader.readDeletes(NEXT_DAY);

      assertThat(limits(hubSpot)).hasSize(3 + 3 + 1).containsOnly("7");
      assertThat(reader.alive()).hasSize(20);
    }
  }

  @ParameterizedTest
  @CsvSource({"200,100,200", "150,100,150", "1,1,1"})
  void listTakesNoMoreThanHubSpotAllows(String pageSize, String list, String search) {
    try (var hubSpot = new HubSpotStandIn()) {
      put(hubSpot, 0, DAY.minusSeconds(60));
      var reader = reader(hubSpot).with("page_size", pageSize);

      reader.read(DAY);
      reader.read(NEXT_DAY);

      assertThat(limits(hubSpot)).startsWith(list).endsWith(search);
    }
  }

  private static List<String> limits(HubSpotStandIn hubSpot) {
    return hubSpot.calls().stream()
        .filter(call -> call.path().contains("/objects/"))
        .map(UntrueAnswersTest::limit)
        .toList();
  }

  private static String limit(Call call) {
    return call.query("limit")
        .orElseGet(() -> call.body().replaceAll("(?s).*\"limit\":([0-9]+).*", "$1"));
  }
}
