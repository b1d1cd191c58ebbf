package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What objects are associated with: in first loads and increments, all of it, with labels. */
class AssociationsTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));
  private static final long ID = CrmFixture.id(0);

  private static void put(CrmTable table, int key, Instant modified) {
    table.put(CrmFixture.object(table, RowSpec.of(key, modified)));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void incrementHasTheAssociationsOfTheFirstLoad() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      hubSpot.api().associations().say("contacts", ID, "companies", List.of(77L));
      put(contacts, 0, DAY.minusSeconds(60));
      var reader = HubSpotReader.of(hubSpot, "contacts");

      JsonNode first = reader.read(DAY).getFirst();
      put(contacts, 0, DAY.plusSeconds(60));
      JsonNode second = reader.read(NEXT_DAY).getFirst();

      assertThat(texts(first.path("companies"))).containsExactly("77");
      assertThat(texts(second.path("companies"))).containsExactly("77");
      assertThat(second.path("associations")).isEqualTo(first.path("associations"));
    }
  }

  @Test
  void labelsAndTypesAreKept() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      hubSpot.api().associations().say("contacts", ID, "companies", List.of(77L));
      put(contacts, 0, DAY.minusSeconds(60));

      JsonNode record = HubSpotReader.of(hubSpot, "contacts").read(DAY).getFirst();

      assertThat(record.at("/associations/companies").toString())
          .isEqualTo(
              """
              [{"id":"77","category":"HUBSPOT_DEFINED","typeId":279,"label":null},\
              {"id":"77","category":"USER_DEFINED","typeId":36,"label":"Decision maker"}]""");
    }
  }

  @Test
  void moreAssociationsThanAPageHoldsAreAllThere() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable companies = hubSpot.api().table("companies");
      List<Long> crowd = LongStream.range(1, 1_301).boxed().toList();
      hubSpot.api().associations().say("companies", ID, "contacts", crowd);
      put(companies, 0, DAY.minusSeconds(60));
      put(companies, 1, DAY.minusSeconds(60));

      List<JsonNode> records = HubSpotReader.of(hubSpot, "companies").read(DAY);

      assertThat(texts(records.getFirst().path("contacts")))
          .containsExactlyElementsOf(crowd.stream().map(id -> Long.toString(id)).toList());
      assertThat(texts(records.getLast().path("contacts"))).hasSize(2);
    }
  }

  @Test
  void objectWithoutAssociationsHasNone() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      hubSpot.api().associations().say("contacts", ID, "companies", List.of());
      put(contacts, 0, DAY.minusSeconds(60));

      JsonNode record = HubSpotReader.of(hubSpot, "contacts").read(DAY).getFirst();

      assertThat(record.path("companies").toString()).isEqualTo("[]");
      assertThat(record.at("/associations/companies").toString()).isEqualTo("[]");
    }
  }

  @Test
  void tableOptionNamesOtherTypes() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      put(contacts, 0, DAY.minusSeconds(60));
      var reader =
          HubSpotReader.of(hubSpot, "contacts").with("associations", "deals, " + CrmApi.CUSTOM);

      JsonNode record = reader.read(DAY).getFirst();

      assertThat(texts(record.path("deals"))).isNotEmpty();
      assertThat(texts(record.path(CrmApi.CUSTOM))).isNotEmpty();
      assertThat(record.has("companies")).isFalse();
    }
  }

  /** Whatever is not "there are none" must not look like none. */
  @ParameterizedTest
  @CsvSource({
    "INTERNAL_ERROR, TRANSIENT, false",
    "MISSING_SCOPES, CONFIGURATION, true",
    "VALIDATION_ERROR, CONFIGURATION, false"
  })
  void errorWithinAnAnswerIsNoEmptyList(String category, Kind kind, boolean accessDenied) {
    try (var hubSpot = new HubSpotStandIn()) {
      put(hubSpot.api().table("contacts"), 0, DAY.minusSeconds(60));
      String answer =
          """
          {"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error",\
          "category":"%s","message":"in HubSpot's words"}]}"""
              .formatted(category);
      hubSpot
          .wire()
          .beforeRequest(
              3,
              () ->
                  hubSpot
                      .wire()
                      .fail(
                          new Fault.Answer(
                              207, Map.of("Content-Type", "application/json"), answer)));

      var failure =
          catchThrowableOfType(
              ConnectorException.class, () -> HubSpotReader.of(hubSpot, "contacts").read(DAY));

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.isAccessDenied()).isEqualTo(accessDenied);
      assertThat(failure).hasMessageContaining(category).hasMessageContaining("in HubSpot's words");
    }
  }
}
