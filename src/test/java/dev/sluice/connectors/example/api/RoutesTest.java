package dev.sluice.connectors.example.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.sluice.connectors.example.api.ExampleApi.Settings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456789Z");
  private static final String NOW_TEXT = "2026-03-01T12:00:00.123456+00:00";

  private final MovableClock clock = new MovableClock(NOW);
  private final ExampleApi api = ExampleApi.start(Settings.reliable().withClock(clock));
  private final Client client = new Client(api);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void tablesAreListedWithoutTheHiddenOne() {
    client
        .get("/tables")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("tables", contains("products", "events", "users", "orders"));
  }

  @Test
  void schemaDescribesFieldsInOrder() {
    client
        .get("/tables/orders/schema")
        .then()
        .statusCode(200)
        .body("schema.name", contains("order_id", "user_id", "amount", "status", "updated_at"))
        .body("schema.type", contains("string", "string", "double", "string", "timestamp"))
        .body("schema.nullable", contains(false, true, true, true, true))
        .body("schema[0].size()", equalTo(3));
  }

  @ParameterizedTest
  @CsvSource({
    "products, '{\"metadata\":{\"primary_keys\":[\"product_id\"]}}'",
    "events,   '{\"metadata\":{\"cursor_field\":\"created_at\"}}'",
    "users,    '{\"metadata\":{\"primary_keys\":[\"user_id\"],\"cursor_field\":\"updated_at\"}}'",
    "orders,   '{\"metadata\":{\"primary_keys\":[\"order_id\"],\"cursor_field\":\"updated_at\"}}'"
  })
  void metadataTellsKeyAndCursor(String table, String expected) {
    String body = client.get("/tables/" + table + "/metadata").then().extract().asString();

    assertThat(body).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "products, product_id, 53",
    "events,   event_id,   101",
    "users,    user_id,    37",
    "orders,   order_id,   103",
    "metrics,  metric_id,  253"
  })
  void everyRowIsOnOnePage(String table, String key, int rows) {
    assertThat(client.all("/tables/" + table + "/records", key))
        .hasSize(rows)
        .doesNotHaveDuplicates();
    assertThat(api.store().count(table)).isEqualTo(rows);
  }

  @ParameterizedTest
  @CsvSource({
    "/tables/",
    "/tables/users/schema/",
    "/tables/users/metadata/",
    "/tables/users/records/",
    "/tables/orders/deleted_records/"
  })
  void slashAtTheEndIsTolerated(String path) {
    client.get(path).then().statusCode(200);
  }

  @Test
  void slashAtTheEndIsToleratedInWrites() {
    client
        .request()
        .body("{\"user_id\":\"user_0001\"}")
        .post("/tables/users/records/")
        .then()
        .statusCode(200);
    client.request().delete("/tables/orders/records/order_0001/").then().statusCode(200);
  }

  @Test
  void postWithoutCursorReplacesTheRecordAsItIs() {
    client
        .post("products", "{\"product_id\":\"prod_0001\",\"price\":1.10}")
        .then()
        .statusCode(201)
        .body("record.product_id", equalTo("prod_0001"));

    assertThat(api.store().count("products")).isEqualTo(53);
    assertThat(api.store().records("products").get(1).json())
        .isEqualTo("{\"product_id\":\"prod_0001\",\"price\":1.10}");
  }

  @ParameterizedTest
  @CsvSource({
    "events,  event_id,  created_at",
    "users,   user_id,   updated_at",
    "orders,  order_id,  updated_at",
    "metrics, metric_id, updated_at"
  })
  void postWithCursorStampsTheRecordWithNow(String table, String key, String cursor) {
    int before = api.store().count(table);

    client
        .post(table, "{\"%s\":\"new\",\"%s\":\"1970-01-01\",\"extra\":1}".formatted(key, cursor))
        .then()
        .statusCode(200)
        .body("record." + cursor, equalTo(NOW_TEXT))
        .body("record.extra", equalTo(1));

    assertThat(api.store().count(table)).isEqualTo(before + 1);
  }

  @Test
  void upsertReplacesTheWholeRecord() {
    client.post("users", "{\"user_id\":\"user_0003\",\"email\":\"new@example.com\"}");

    assertThat(api.store().count("users")).isEqualTo(37);
    assertThat(api.store().records("users").getLast().json())
        .isEqualTo(
            "{\"user_id\":\"user_0003\",\"email\":\"new@example.com\",\"updated_at\":\"%s\"}"
                .formatted(NOW_TEXT));
  }

  @Test
  void deleteLeavesATombstoneThatOutlivesTheRecordsReturn() {
    client
        .delete("orders", "order_0007")
        .then()
        .statusCode(200)
        .body("record.order_id", equalTo("order_0007"))
        .body("record.updated_at", equalTo(NOW_TEXT))
        .body("record.amount", nullValue())
        .body("record.size()", equalTo(5));
    client.delete("orders", "order_0007").then().statusCode(404);
    clock.advance(Duration.ofSeconds(1));
    client.post("orders", "{\"order_id\":\"order_0007\"}").then().statusCode(200);

    assertThat(client.all("/tables/orders/records", "order_id"))
        .hasSize(103)
        .last()
        .isEqualTo("order_0007");
    assertThat(client.all("/tables/orders/deleted_records", "order_id"))
        .containsExactly("order_0007");
    assertThat(api.store().tombstones("orders").getFirst().json())
        .isEqualTo(
            "{\"order_id\":\"order_0007\",\"user_id\":null,\"amount\":null,\"status\":null,"
                + "\"updated_at\":\"%s\"}".formatted(NOW_TEXT));
  }

  @Test
  void freshStoreHasNoTombstones() {
    client
        .get("/tables/orders/deleted_records")
        .then()
        .statusCode(200)
        .body("records", hasSize(0))
        .body("next_page", nullValue());
  }

  @Test
  void keysMayHoldAnyCharacter() {
    String key = "a/b+c d?é%";
    api.store().place("orders", ApiJson.parse("{\"order_id\":\"%s\"}".formatted(key)));

    client.delete("orders", key).then().statusCode(200).body("record.order_id", equalTo(key));
  }
}
