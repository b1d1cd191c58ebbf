package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.Options;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is new, however much it is, whenever it becomes visible, and whatever clock it carries. */
class IncrementTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));
  private static final int CROWD = 10_500;

  private static List<String> ids(List<JsonNode> records) {
    return records.stream().map(record -> record.path("id").asText()).toList();
  }

  private static List<String> ids(CrmTable table) {
    return table.live().stream().map(object -> Long.toString(object.id())).toList();
  }

  private static void put(CrmTable table, int key, Instant modified) {
    table.put(CrmFixture.object(table, RowSpec.of(key, modified)));
  }

  /** A bulk update: HubSpot gives all of them one timestamp. */
  @ParameterizedTest
  @ValueSource(ints = {100, Integer.MAX_VALUE})
  void crowdOfOneTimestampBeyondTheCeilingArrivesWhole(int cap) {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      put(contacts, 0, DAY.minusSeconds(60));
      var reader =
          new HubSpotReader(hubSpot, "contacts", Options.NONE.with("associations", "none"), cap);
      reader.read(DAY);
      for (int key = 1; key <= CROWD; key++) {
        put(contacts, key, DAY.plusSeconds(60));
      }

      List<JsonNode> news = reader.read(NEXT_DAY);

      assertThat(news).hasSize(CROWD);
      assertThat(reader.alive().keySet()).containsExactlyInAnyOrderElementsOf(ids(contacts));
      assertThat(reader.largestBatch()).isLessThanOrEqualTo(cap == 100 ? 200 : CROWD);
      // a page that was fetched ahead of the end of a microbatch is fetched again
      assertThat(searches(hubSpot)).hasSizeBetween(CROWD / 200, 2 * CROWD / 200 + 2);
    }
  }

  @Test
  void backlogOfManyTimestampsBeyondTheCeilingArrivesWhole() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      put(deals, 0, DAY.minusSeconds(60));
      var reader = HubSpotReader.of(hubSpot, "deals").with("associations", "none");
      reader.read(DAY);
      for (int key = 1; key <= CROWD; key++) {
        put(deals, key, DAY.plusSeconds(CROWD - key));
      }

      assertThat(reader.read(NEXT_DAY)).hasSize(CROWD);
      assertThat(reader.alive().keySet()).containsExactlyInAnyOrderElementsOf(ids(deals));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 30, 1})
  void objectsThatAreTooLargeForAWholePageArriveInSmallerOnes(int most) {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      for (int key = 0; key < 210; key++) {
        put(contacts, key, DAY.minusSeconds(60 + key));
      }
      var reader = HubSpotReader.of(hubSpot, "contacts").with("associations", "none");
      hubSpot.mostPerPage(most);

      assertThat(ids(reader.read(DAY))).containsExactlyInAnyOrderElementsOf(ids(contacts));
      assertThat(hubSpot.calls().stream().filter(call -> call.query("limit").isPresent()))
          .filteredOn(call -> Integer.parseInt(call.query("limit").get()) > most)
          .as("failures, two a size and none for the pages that follow")
          .hasSize(most == 50 ? 2 : most == 30 ? 4 : 12);

      for (int key = 210; key < 400; key++) {
        put(contacts, key, DAY.plusSeconds(key));
      }
      assertThat(ids(reader.read(NEXT_DAY)).stream().distinct()).hasSize(190);
      assertThat(reader.alive().keySet()).containsExactlyInAnyOrderElementsOf(ids(contacts));
    }
  }

  private static List<Call> searches(HubSpotStandIn hubSpot) {
    return hubSpot.calls().stream().filter(call -> call.path().endsWith("/search")).toList();
  }

  @Test
  void searchHasBothBoundsAndNeverAPageNumber() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable tickets = hubSpot.api().table("tickets");
      put(tickets, 0, DAY.minusSeconds(60));
      var reader = HubSpotReader.of(hubSpot, "tickets").with("lookback_seconds", "60");
      reader.read(DAY);
      for (int key = 1; key <= 250; key++) {
        put(tickets, key, DAY.plusSeconds(key));
      }

      reader.read(NEXT_DAY);

      String from = Long.toString(DAY.minusSeconds(60 + 60).toEpochMilli());
      String until = Long.toString(NEXT_DAY.toEpochMilli());
      assertThat(searches(hubSpot))
          .hasSize(2)
          .extracting(Call::body)
          .allMatch(body -> body.contains("\"GTE\",\"value\":\"" + from + "\""))
          .allMatch(body -> body.contains("\"LT\",\"value\":\"" + until + "\""))
          .noneMatch(body -> body.contains("\"after\""));
      assertThat(searches(hubSpot).getLast().body())
          .contains("\"hs_object_id\",\"operator\":\"GT\"");
    }
  }

  @Test
  void recordThatTheIndexKnowsLateArrives() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable companies = hubSpot.api().table("companies");
      put(companies, 0, DAY.minusSeconds(60));
      var reader = HubSpotReader.of(hubSpot, "companies");
      reader.read(DAY);
      companies.fallBehind();
      put(companies, 1, DAY.plusSeconds(3_590));

      List<JsonNode> blind = reader.read(DAY.plusSeconds(3_600));
      companies.catchUp();
      List<JsonNode> seeing = reader.read(DAY.plusSeconds(7_200));

      assertThat(blind).isEmpty();
      assertThat(ids(seeing)).containsExactly(Long.toString(CrmFixture.id(1)));
    }
  }

  /** By a quarter of an hour, and a run every five minutes. */
  @Test
  void recordThatTheIndexKnowsAfterSeveralRunsArrives() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      put(deals, 0, DAY.minusSeconds(60));
      var reader = HubSpotReader.of(hubSpot, "deals");
      reader.read(DAY);
      deals.fallBehind();
      put(deals, 1, DAY.plusSeconds(10));
      for (int run = 1; run <= 3; run++) {
        assertThat(reader.read(DAY.plusSeconds(300L * run))).isEmpty();
      }
      deals.catchUp();

      assertThat(ids(reader.read(DAY.plusSeconds(1_200))))
          .containsExactly(Long.toString(CrmFixture.id(1)));
      assertThat(reader.read(DAY.plusSeconds(1_500))).isEmpty();
    }
  }

  @Test
  void lookbackOfABusyHourIsRemembered() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      put(deals, 0, DAY.minusSeconds(60));
      var reader = HubSpotReader.of(hubSpot, "deals").with("associations", "none");
      reader.read(DAY);
      for (int key = 1; key <= 2_600; key++) {
        put(deals, key, DAY.plusMillis(1_300L * key));
      }

      assertThat(reader.read(DAY.plusSeconds(3_600))).hasSize(2_600);
      assertThat(reader.read(DAY.plusSeconds(3_900))).isEmpty();
      assertThat(reader.offset().json().length()).isLessThan(41_000);
    }
  }

  /** Empty of the first three, which went while HubSpot searched. */
  @Test
  void emptyPageThatLeadsOnIsNotTheEnd() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      put(deals, 0, DAY.minusSeconds(60));
      var reader = HubSpotReader.of(hubSpot, "deals").with("associations", "none");
      reader.read(DAY);
      for (int key = 1; key <= 10; key++) {
        put(deals, key, DAY.plusSeconds(60));
      }
      String answer = "{\"total\":11,\"results\":[],\"paging\":{\"next\":{\"after\":\"3\"}}}";
      hubSpot
          .wire()
          .beforeRequest(
              2, // the properties, and then
              () -> {
                hubSpot
                    .wire()
                    .fail(
                        new Fault.Answer(200, Map.of("Content-Type", "application/json"), answer));
                hubSpot.wire().beforeRequest(1, () -> hubSpot.wire().recover());
              });

      assertThat(reader.read(NEXT_DAY)).hasSize(8);
      assertThat(searches(hubSpot).getLast().body()).contains("\"after\":\"3\"");
    }
  }

  @Test
  void objectThatChangesDuringEachRunArrives() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      put(deals, 0, DAY.minusSeconds(60));
      var reader =
          HubSpotReader.of(hubSpot, "deals")
              .with("associations", "none")
              .after(Duration.ofSeconds(10));
      for (int run = 0; run < 5; run++) {
        Instant startedAt = DAY.plusSeconds(300L * run);
        int key = run == 0 ? 1 : 2;
        hubSpot.wire().beforeRequest(1, () -> put(deals, key, startedAt.plusSeconds(1)));

        assertThat(ids(reader.read(startedAt))).contains(Long.toString(CrmFixture.id(key)));
      }
      hubSpot.wire().recover();
      put(deals, 3, DAY.plusSeconds(1_200));

      assertThat(ids(reader.read(DAY.plusSeconds(1_500))))
          .containsExactly(Long.toString(CrmFixture.id(3)));
    }
  }

  /** The property that searches look at, and the record's own instant, are two clocks. */
  @Test
  void recordWhoseUpdatedAtIsAheadHidesNeitherAnotherNorItsNextChange() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      Instant ahead = DAY.plus(Duration.ofHours(20));
      contacts.put(
          CrmFixture.object(contacts, RowSpec.of(0, DAY.minusSeconds(7_200))).updatedAt(ahead));
      var reader = HubSpotReader.of(hubSpot, "contacts");
      assertThat(ids(reader.read(DAY))).containsExactly(Long.toString(CrmFixture.id(0)));
      put(contacts, 1, DAY.plusSeconds(60));
      contacts.put(
          CrmFixture.object(contacts, RowSpec.of(0, DAY.plusSeconds(90))).updatedAt(ahead));

      assertThat(ids(reader.read(DAY.plusSeconds(3_600))))
          .containsExactly(Long.toString(CrmFixture.id(0)), Long.toString(CrmFixture.id(1)));
    }
  }

  @Test
  void objectWithoutPropertiesIsARecord() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable notes = hubSpot.api().table("notes");
      notes.define(Map.of());
      CrmObject object = CrmFixture.object(notes, RowSpec.of(0, DAY.minusSeconds(60)));
      notes.put(object.without(List.copyOf(object.properties().keySet())));

      for (String values : List.of("as_sent", "typed")) {
        var reader = HubSpotReader.of(hubSpot, "notes").with("property_values", values);

        assertThat(ids(reader.read(DAY))).containsExactly(Long.toString(object.id()));
      }
    }
  }

  @Test
  void unnamedChangeOfAnUnfinishedFirstLoadIsNotLost() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable tasks = hubSpot.api().table("tasks");
      for (int key = 0; key < 250; key++) {
        put(tasks, key, DAY.minusSeconds(600));
      }
      hubSpot.wire().beforeRequest(4, () -> put(tasks, 0, DAY.plusSeconds(5)));
      var reader =
          new HubSpotReader(hubSpot, "tasks", Options.NONE.with("associations", "none"), 1);

      int first = reader.read(DAY).size();
      List<JsonNode> second = reader.read(NEXT_DAY);

      assertThat(first).isEqualTo(250);
      assertThat(second).hasSize(1);
      assertThat(reader.record(CrmFixture.id(0)).at("/updatedAt").asText())
          .isEqualTo(CrmObject.text(DAY.plusSeconds(5)));
    }
  }
}
