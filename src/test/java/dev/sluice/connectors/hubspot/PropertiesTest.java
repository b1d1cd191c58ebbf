package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.DataType;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties: their types, their digits, and their number. */
class PropertiesTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  private static Schema schema(HubSpotReader reader) {
    return reader.connected(DAY, connector -> connector.schema(reader.table()));
  }

  private static DataType type(Schema schema, String field) {
    return schema.find(field).orElseThrow().type();
  }

  @Test
  void typedColumnsFollowTheTypesOfProperties() {
    try (var hubSpot = new HubSpotStandIn()) {
      Schema schema = schema(HubSpotReader.of(hubSpot, "deals").with("property_values", "typed"));

      assertThat(type(schema, "properties.amount")).isEqualTo(new DataType.Decimal(38, 18));
      assertThat(type(schema, "properties.is_open")).isEqualTo(Primitive.BOOLEAN);
      assertThat(type(schema, "properties.due")).isEqualTo(Primitive.DATE);
      assertThat(type(schema, "properties.createdate")).isEqualTo(Primitive.TIMESTAMP);
      assertThat(type(schema, "properties.phone")).isEqualTo(Primitive.STRING);
      assertThat(type(schema, "contacts")).isEqualTo(new DataType.Array(Primitive.STRING));
    }
  }

  @Test
  void newPropertyIsAColumnAndAValueOfTheNextRun() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      var reader = HubSpotReader.of(hubSpot, "deals");
      assertThat(schema(reader).has("properties.discount")).isFalse();
      deals.define(Map.of("discount", "number"));
      deals.put(
          CrmFixture.object(deals, RowSpec.of(0, DAY.minusSeconds(60))).with("discount", "0.10"));

      assertThat(schema(reader).has("properties.discount")).isTrue();
      assertThat(reader.read(DAY).getFirst().at("/properties/discount").asText()).isEqualTo("0.10");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "12.75, 12.75",
    "1e5, 1e5",
    "0.1, 0.1",
    "-0.50, -0.50",
    "9007199254740993, 9007199254740993",
    "12345678901234567890.123456789012345678, 12345678901234567890.123456789012345678",
    "007, '\"007\"'",
    "a lot, '\"a lot\"'",
    "123456789012345678901, '\"123456789012345678901\"'",
    "'', null"
  })
  void digitsStayAsTheyAre(String sent, String typed) {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      deals.put(CrmFixture.object(deals, RowSpec.of(1, DAY.minusSeconds(60))).with("amount", sent));

      String text = delivered(HubSpotReader.of(hubSpot, "deals"));
      String number =
          delivered(HubSpotReader.of(hubSpot, "deals").with("property_values", "typed"));

      assertThat(text).contains("\"amount\":\"" + sent + "\"").contains("\"is_open\":\"false\"");
      assertThat(number).contains("\"amount\":" + typed + ",").contains("\"is_open\":false");
    }
  }

  /** As it goes out: a tree would show numbers as it likes. */
  private static String delivered(HubSpotReader reader) {
    return reader.connected(
        DAY,
        connector -> {
          var text = new StringBuilder();
          connector.readTable(
              reader.table(),
              Offset.START,
              new RecordEmitter() {
                @Override
                public void emit(SourceRecord record) {
                  text.append(record.json());
                }

                @Override
                public boolean wantsMore() {
                  return true;
                }
              });
          return text.toString();
        });
  }

  /** Longer than any URL or search that HubSpot takes: the stand-in refuses those. */
  @Test
  void hundredsOfPropertiesArriveInFirstLoadsAndIncrements() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      Map<String, String> many = new TreeMap<>();
      for (int i = 0; i < 900; i++) {
        many.put("a_property_with_a_long_name_%03d".formatted(i), "string");
      }
      contacts.define(many);
      for (int key = 0; key < 130; key++) {
        contacts.put(wide(contacts, RowSpec.of(key, DAY.minusSeconds(600)), many));
      }
      var reader = HubSpotReader.of(hubSpot, "contacts");

      List<JsonNode> first = reader.read(DAY);
      for (int key = 100; key < 350; key++) {
        contacts.put(
            wide(
                contacts,
                RowSpec.of(key, DAY.plusSeconds(60)).changedAt(DAY.plusSeconds(70)),
                many));
      }
      List<JsonNode> second = reader.read(NEXT_DAY);

      assertThat(first).hasSize(130);
      assertThat(second).hasSize(250);
      for (CrmObject object : contacts.live()) {
        JsonNode record = reader.record(object.id());
        assertThat(record.path("properties"))
            .isEqualTo(object.json(CrmSearch.all(contacts)).path("properties"));
        assertThat(record.path("companies").isArray()).isTrue();
      }
      assertThat(hubSpot.calls())
          .filteredOn(call -> call.method().equals("GET"))
          .extracting(Call::queryString)
          .allMatch(query -> query.length() < 8_000);
    }
  }

  private static CrmObject wide(CrmTable table, RowSpec row, Map<String, String> many) {
    CrmObject object = CrmFixture.object(table, row);
    for (String name : many.keySet()) {
      if (name.endsWith("7")) {
        object = object.with(name, "value of " + name);
      }
    }
    return object;
  }

  /** It is gone when it is asked for by its id, or another one has taken its place. */
  @Test
  void objectsThatGoBetweenTheListAndTheirReadAreNoFailure() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      Map<String, String> many = new TreeMap<>();
      for (int i = 0; i < 400; i++) {
        many.put("a_property_with_a_long_name_%03d".formatted(i), "string");
      }
      many.put(CrmTable.MERGED, "enumeration");
      contacts.define(many);
      for (int key = 0; key < 5; key++) {
        contacts.put(CrmFixture.object(contacts, RowSpec.of(key, DAY.minusSeconds(600))));
      }
      CrmObject both = CrmFixture.object(contacts, RowSpec.of(7, DAY.plusSeconds(9)));
      hubSpot
          .wire()
          .beforeRequest(
              3, // the properties, the list, and then
              () -> {
                contacts.archive(CrmFixture.id(1), DAY.plusSeconds(8));
                contacts.merge(CrmFixture.id(2), CrmFixture.id(3), both);
              });
      var reader = HubSpotReader.of(hubSpot, "contacts");

      List<JsonNode> first = reader.read(DAY);
      List<JsonNode> second = reader.read(NEXT_DAY);

      assertThat(first)
          .extracting(record -> record.path("id").asLong())
          .containsExactly(CrmFixture.id(0), CrmFixture.id(4));
      assertThat(second)
          .extracting(record -> record.path("id").asLong())
          .containsExactly(CrmFixture.id(7));
      assertThat(second.getFirst().at("/properties/hs_merged_object_ids").asText())
          .isEqualTo(CrmFixture.id(2) + ";" + CrmFixture.id(3));
    }
  }

  /** Whatever is not "it is gone" must not look as if it were. */
  @Test
  void errorWithinABatchOfObjectsLosesNone() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable contacts = hubSpot.api().table("contacts");
      Map<String, String> many = new TreeMap<>();
      for (int i = 0; i < 400; i++) {
        many.put("a_property_with_a_long_name_%03d".formatted(i), "string");
      }
      contacts.define(many);
      for (int key = 0; key < 5; key++) {
        contacts.put(CrmFixture.object(contacts, RowSpec.of(key, DAY.minusSeconds(600))));
      }
      String answer =
          """
          {"status":"COMPLETE","results":[],"numErrors":1,"errors":[{"status":"error",\
          "category":"INTERNAL_ERROR","message":"try again"}]}""";
      hubSpot
          .wire()
          .beforeRequest(
              3, // the properties, the list, and then
              () ->
                  hubSpot
                      .wire()
                      .fail(
                          new Fault.Answer(
                              207, Map.of("Content-Type", "application/json"), answer)));
      var reader = HubSpotReader.of(hubSpot, "contacts").with("associations", "none");

      var failure = catchThrowableOfType(ConnectorException.class, () -> reader.read(DAY));
      hubSpot.wire().recover();

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure).hasMessageContaining("INTERNAL_ERROR");
      assertThat(reader.read(NEXT_DAY)).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"as_sent", "typed"})
  void emptyObjectOfPropertiesIsARecord(String values) {
    try (var hubSpot = new HubSpotStandIn()) {
      String answer =
          """
          {"results":[{"id":"7","properties":{},"archived":false,\
          "createdAt":"2020-01-01T00:00:00Z","updatedAt":"2020-01-02T00:00:00Z"}]}""";
      hubSpot
          .wire()
          .beforeRequest(
              2, // the properties, and then
              () ->
                  hubSpot
                      .wire()
                      .fail(
                          new Fault.Answer(
                              200, Map.of("Content-Type", "application/json"), answer)));
      var reader =
          HubSpotReader.of(hubSpot, "notes")
              .with("associations", "none")
              .with("property_values", values);

      assertThat(reader.read(DAY))
          .singleElement()
          .extracting(record -> record.path("properties").toString())
          .isEqualTo("{}");
    }
  }
}
