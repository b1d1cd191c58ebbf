package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is gone, what came back, and what nothing tells of. */
class DeletesTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));
  private static final Instant THIRD_DAY = DAY.plus(Duration.ofDays(2));

  private static void fill(CrmTable table, int count) {
    for (int key = 0; key < count; key++) {
      table.put(CrmFixture.object(table, RowSpec.of(key, DAY.minusSeconds(600))));
    }
  }

  /** The first in the list were archived last, as a cursor on the date would jump over the rest. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "2, 100", "7, 3", "100, 100", "2147483647, 100"})
  void noDeleteIsLostWhateverTheOrderAndTheCap(int cap, int pageSize) {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      deals.mostPerPage(pageSize);
      fill(deals, 30);
      var reader = new HubSpotReader(hubSpot, "deals", Options.NONE, cap);
      reader.read(DAY);
      reader.readDeletes(DAY);
      for (int key = 0; key < 20; key++) {
        deals.archive(CrmFixture.id(key), DAY.plusSeconds(3_600 - key * 60L));
      }

      List<JsonNode> deletes = reader.readDeletes(NEXT_DAY);

      assertThat(deletes).hasSize(20);
      assertThat(reader.alive()).hasSize(10);
      assertThat(reader.readDeletes(THIRD_DAY)).isEmpty();
    }
  }

  /** Archived while the list is read, behind the page under way and ahead of it. */
  @Test
  void deletesOfTheMeantimeAreInThisPassOrTheNext() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      deals.mostPerPage(3);
      fill(deals, 30);
      var reader = new HubSpotReader(hubSpot, "deals", Options.NONE, 2);
      reader.read(DAY);
      for (int key = 10; key < 20; key++) {
        deals.archive(CrmFixture.id(key), DAY.minusSeconds(30));
      }
      hubSpot
          .wire()
          .beforeRequest(
              3,
              () -> {
                deals.archive(CrmFixture.id(1), DAY.plusSeconds(1));
                deals.archive(CrmFixture.id(29), DAY.plusSeconds(1));
              });

      List<JsonNode> first = reader.readDeletes(DAY);
      List<JsonNode> second = reader.readDeletes(NEXT_DAY);

      assertThat(first).hasSize(11);
      assertThat(second).hasSize(1);
      assertThat(reader.alive()).hasSize(18);
    }
  }

  @Test
  void deletionCarriesItsOwnInstant() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      fill(deals, 1);
      deals.archive(CrmFixture.id(0), DAY.minusSeconds(30));

      JsonNode deletion = HubSpotReader.of(hubSpot, "deals").readDeletes(DAY).getFirst();

      assertThat(deletion.path("updatedAt").asText())
          .isEqualTo(deletion.path("archivedAt").asText())
          .isEqualTo(CrmObject.text(DAY.minusSeconds(30)));
    }
  }

  /** The changelog of HubSpot says so of contacts. */
  @Test
  void deletionThatIsDatedByTheLastChangeIsDeliveredAndOnlyOnce() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      Instant longAgo = DAY.minus(Duration.ofDays(30));
      for (int key = 0; key < 3; key++) {
        contacts.put(CrmFixture.object(contacts, RowSpec.of(key, longAgo)));
      }
      var reader = HubSpotReader.of(hubSpot, "contacts");
      reader.read(DAY);
      reader.readDeletes(DAY);
      contacts.archive(CrmFixture.id(0), DAY.plusSeconds(60));

      List<JsonNode> deletes = reader.readDeletes(NEXT_DAY);

      assertThat(deletes)
          .extracting(record -> record.path("updatedAt").asText())
          .containsExactly(CrmObject.text(longAgo));
      assertThat(reader.alive()).hasSize(2);
      assertThat(reader.readDeletes(THIRD_DAY)).isEmpty();
      assertThat(reader.readDeletes(THIRD_DAY.plus(Duration.ofDays(1)))).isEmpty();
    }
  }

  @Test
  void sameDeletionAfterARestorationIsDeliveredAgain() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      fill(contacts, 1);
      CrmObject contact = contacts.find(CrmFixture.id(0)).orElseThrow();
      var reader = HubSpotReader.of(hubSpot, "contacts");
      contacts.archive(CrmFixture.id(0), DAY.minusSeconds(60));
      assertThat(reader.readDeletes(DAY)).hasSize(1);
      contacts.put(contact);
      assertThat(reader.readDeletes(NEXT_DAY)).isEmpty();
      contacts.archive(CrmFixture.id(0), NEXT_DAY.plusSeconds(60));

      assertThat(reader.readDeletes(THIRD_DAY)).hasSize(1);
    }
  }

  /** A restored object gets a new modification date. */
  @Test
  void restoredObjectComesBack() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      fill(contacts, 3);
      var reader = HubSpotReader.of(hubSpot, "contacts");
      reader.read(DAY);
      contacts.archive(CrmFixture.id(1), DAY.plusSeconds(60));
      reader.read(NEXT_DAY);
      reader.readDeletes(NEXT_DAY);
      assertThat(reader.alive()).hasSize(2);
      contacts.put(CrmFixture.object(contacts, RowSpec.of(1, NEXT_DAY.plusSeconds(60))));

      reader.read(THIRD_DAY);
      reader.readDeletes(THIRD_DAY);

      assertThat(reader.alive()).hasSize(3);
    }
  }

  /** A limit of the source, as the documentation says: no list tells of it. */
  @Test
  void deletionForGoodIsNotToldAndBreaksNothing() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      fill(contacts, 3);
      var reader = HubSpotReader.of(hubSpot, "contacts");
      reader.read(DAY);
      contacts.purge(CrmFixture.id(1));

      assertThat(reader.read(NEXT_DAY)).isEmpty();
      assertThat(reader.readDeletes(NEXT_DAY)).isEmpty();
      assertThat(reader.alive()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"calls", "meetings", CrmApi.CUSTOM})
  void deletesOfCallsMeetingsAndCustomObjectsAreRead(String table) {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable objects = hubSpot.api().table(table);
      fill(objects, 2);
      objects.archive(CrmFixture.id(0), DAY.minusSeconds(30));

      assertThat(HubSpotReader.of(hubSpot, table).readDeletes(DAY)).hasSize(1);
    }
  }

  @Test
  void tableMayDoWithoutDeletes() {
    try (var hubSpot = new HubSpotStandIn()) {
      var reader = HubSpotReader.of(hubSpot, "calls").with("deletes", "ignored");

      IngestionType type =
          reader.connected(DAY, connector -> connector.metadata(reader.table()).type());
      var failure = catchThrowableOfType(ConnectorException.class, () -> reader.readDeletes(DAY));

      assertThat(type).isEqualTo(IngestionType.CDC);
      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(reader.offset()).isEqualTo(Offset.START);
      assertThat(hubSpot.wire().requests()).isZero();
    }
  }

  /** Its {@code updatedAt} does not say when it was archived. */
  @Test
  void objectWithoutTheInstantOfItsArchivingIsNotLost() {
    try (var hubSpot = new HubSpotStandIn()) {
      var reader = HubSpotReader.of(hubSpot, "deals");
      reader.readDeletes(DAY);
      String answer =
          """
          {"results":[{"id":"7","properties":{},"archived":true,\
          "createdAt":"2020-01-01T00:00:00Z","updatedAt":"2020-01-02T00:00:00Z"}]}""";
      hubSpot
          .wire()
          .fail(new Fault.Answer(200, Map.of("Content-Type", "application/json"), answer));

      assertThat(reader.readDeletes(NEXT_DAY)).hasSize(1);
      assertThat(reader.readDeletes(THIRD_DAY)).isEmpty();
    }
  }
}
