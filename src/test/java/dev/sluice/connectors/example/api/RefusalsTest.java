package dev.sluice.connectors.example.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.blankString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.sluice.connectors.example.api.ExampleApi.Settings;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
  private static final ExampleApi API = ExampleApi.start(Settings.reliable());
  private static final Client CLIENT = new Client(API);

  @AfterAll
  static void stop() {
    API.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema", "metadata", "records", "deleted_records"})
  void unknownTableIsNotFound(String part) {
    CLIENT
        .get("/tables/invoices/" + part)
        .then()
        .statusCode(404)
        .body("error", equalTo("No table 'invoices'"));
  }

  @Test
  void unknownTableIsNotFoundByWrites() {
    CLIENT.post("invoices", "{}").then().statusCode(404);
    CLIENT.delete("invoices", "1").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"schema", "metadata"})
  void hiddenTableIsNotDescribed(String part) {
    CLIENT.get("/tables/metrics/" + part).then().statusCode(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/tables/products/records?since=x&until=y,  'since, until'",
    "/tables/events/records?user_id=u,          user_id",
    "/tables/users/records?status=active,       status",
    "/tables/orders/records?z=1&limit=2&page=1, 'limit, z'",
    "/tables/metrics/records?limit=1,           limit",
    "/tables/orders/deleted_records?status=x,   status"
  })
  void unsupportedParametersAreNamedInOrder(String path, String names) {
    CLIENT
        .get(path)
        .then()
        .statusCode(400)
        .body("error", startsWith("Unsupported query parameters: " + names + ";"));
  }

  @ParameterizedTest
  @CsvSource({
    "/tables/users/records?page=0",
    "/tables/users/records?page=-1",
    "/tables/users/records?page=two",
    "/tables/users/records?page=",
    "/tables/users/records?page=99999999999",
    "/tables/orders/deleted_records?page=0",
    "/tables/events/records?limit=0",
    "/tables/events/records?limit=many"
  })
  void pageAndLimitAreWholeNumbersFromOne(String path) {
    CLIENT.get(path).then().statusCode(400).body("error", containsString("a whole number from 1"));
  }

  @Test
  void parameterIsGivenOnce() {
    CLIENT
        .get("/tables/users/records?page=1&page=2")
        .then()
        .statusCode(400)
        .body("error", equalTo("Query parameter 'page' is given twice"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"products", "events", "users", "metrics"})
  void onlyOrdersAreDeleted(String table) {
    CLIENT.get("/tables/" + table + "/deleted_records").then().statusCode(400);
    CLIENT.delete(table, "any").then().statusCode(400).body("error", containsString(table));
  }

  @Test
  void unknownKeyIsNotFound() {
    CLIENT
        .delete("orders", "order_9999")
        .then()
        .statusCode(404)
        .body("error", equalTo("No record 'order_9999' in table 'orders'"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{\"user_id\":",
        "{\"user_id\":\"a\"}{}",
        "{\"email\":\"a\"}",
        "{\"user_id\":null}",
        "{\"user_id\":{}}"
      })
  void bodyIsARecordWithItsKey(String body) {
    CLIENT.post("users", body).then().statusCode(400).body("error", not(blankString()));

    assertThat(API.store().count("users")).isEqualTo(37);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "GET, /table",
    "GET, /tables/users",
    "GET, /tables/users/rows",
    "GET, /tables/users/records/user_0001",
    "GET, /tables//users/records",
    "GET, /other/users/records",
    "POST, /tables",
    "POST, /tables/orders/deleted_records",
    "PUT, /tables/users/records",
    "PATCH, /tables/users/records/user_0001",
    "DELETE, /tables/orders/records",
    "DELETE, /tables/orders/records/a/b"
  })
  void anythingElseHasNoRoute(String method, String path) {
    CLIENT
        .request()
        .request(method, path)
        .then()
        .statusCode(404)
        .body("error", equalTo("No route matches " + method + " " + path));
  }

  @Test
  void headIsAnsweredWithoutBody() {
    CLIENT.request().head("/tables").then().statusCode(404).body(equalTo(""));
  }

  @Test
  void requestWithoutCredentialsIsRefused() {
    CLIENT
        .anonymous()
        .get("/tables")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Basic"))
        .body("error", containsString("user name and a password"));
  }

  @ParameterizedTest
  @CsvSource({"'', secret", "somebody, ''", "' ', secret", "somebody, '  '"})
  void blankCredentialsAreRefused(String user, String password) {
    CLIENT
        .anonymous()
        .auth()
        .preemptive()
        .basic(user, password)
        .get("/tables")
        .then()
        .statusCode(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer abc", "Basic", "Basic ***", "Basic c29tZWJvZHk="})
  void otherCredentialsAreRefused(String header) {
    CLIENT.anonymous().header("Authorization", header).get("/tables").then().statusCode(401);
  }

  @Test
  void refusedWriteIsNotApplied() {
    CLIENT.anonymous().delete("/tables/orders/records/order_0000").then().statusCode(401);

    assertThat(API.store().count("orders")).isEqualTo(103);
  }

  @Test
  void takenPortIsNamed() {
    int port = API.baseUri().getPort();

    assertThatThrownBy(() -> ExampleApi.start(Settings.standard().withPort(port)))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("Cannot listen on 127.0.0.1:" + port);
  }

  @Test
  void impossibleSettingsAreRefused() {
    assertThatThrownBy(() -> Settings.standard().withErrorRate(1.5))
        .hasMessage("An error rate lies between 0 and 1: 1.5");
    assertThatThrownBy(() -> Settings.standard().withLongestRetryAfter(Duration.ofSeconds(-1)))
        .hasMessage("Not a waiting time: PT-1S");
    assertThatThrownBy(() -> API.errorRate(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
