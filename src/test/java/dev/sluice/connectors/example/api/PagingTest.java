package dev.sluice.connectors.example.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi.Settings;
import dev.sluice.spi.SourceRecord;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant BASE = NOW.minus(Duration.ofHours(1));
  private static final String USERS = "/tables/users/records";

  private final MovableClock clock = new MovableClock(NOW);
  private final ExampleApi api = ExampleApi.start(Settings.reliable().withClock(clock));
  private final Client client = new Client(api);

  @AfterEach
  void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource({
    "products, 20, 3, 13, 53",
    "events,   50, 3, 1, 101",
    "users,    15, 3, 7, 37",
    "orders,   40, 3, 23, 103",
    "metrics,  100, 3, 53, 253"
  })
  void tableHasItsPageSize(String table, int size, int pages, int sizeOfLast, int total) {
    String path = "/tables/" + table + "/records";

    JsonPath first = client.page(path);
    JsonPath last = client.page(path, "page", String.valueOf(pages));

    assertThat(first.getList("records")).hasSize(size);
    assertThat(first.getInt("next_page")).isEqualTo(2);
    assertThat(last.getList("records")).hasSize(sizeOfLast);
    assertThat(List.of(first.getInt("total"), last.getInt("total"))).containsOnly(total);
    assertThat(last.<Object>get("next_page")).isNull();
  }

  @Test
  void pageBehindTheEndIsEmpty() {
    for (String page : List.of("4", String.valueOf(Integer.MAX_VALUE))) {
      JsonPath beyond = client.page(USERS, "page", page);

      assertThat(beyond.getList("records")).isEmpty();
      assertThat(beyond.<Object>get("next_page")).isNull();
    }
  }

  @Test
  void fullLastPageNamesNoNext() {
    api.store().pageSize("users", 37);

    JsonPath page = client.page(USERS);

    assertThat(page.getList("records")).hasSize(37);
    assertThat(page.<Object>get("next_page")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 7", "50, 50", "1000, 50"})
  void limitOfEventsIsCappedByThePageSize(String limit, int rows) {
    assertThat(client.page("/tables/events/records", "limit", limit).getList("records"))
        .hasSize(rows);
  }

  @Test
  void limitIsTheSizeOfEveryPage() {
    JsonPath page = client.page("/tables/events/records", "limit", "10", "page", "11");

    assertThat(page.getList("records.payload")).hasSize(1);
    assertThat(client.all("/tables/events/records", "event_id", "limit", "10")).hasSize(101);
  }

  @Test
  void sinceIsExclusiveAndUntilInclusive() {
    String since = ExampleApi.timestamp(BASE.plus(Duration.ofMinutes(3)));
    String until = ExampleApi.timestamp(BASE.plus(Duration.ofMinutes(6)));

    List<String> found =
        client.all("/tables/metrics/records", "metric_id", "since", since, "until", until);

    assertThat(found).containsExactly("metric_0004", "metric_0005", "metric_0006");
    assertThat(client.all(USERS, "user_id", "since", since)).hasSize(33);
  }

  @Test
  void boundsAreComparedAsText() {
    assertThat(client.all(USERS, "user_id", "since", "2026-03-01T11:34")).hasSize(3);
    assertThat(client.all(USERS, "user_id", "since", "3")).isEmpty();
  }

  @Test
  void recordsWithoutCursorComeFirstAndFollowNothing() {
    api.store().place("metrics", SourceRecord.of("{\"metric_id\":\"m\",\"updated_at\":null}"));

    String path = "/tables/metrics/records";
    assertThat(client.all(path, "metric_id")).hasSize(254).first().isEqualTo("m");
    assertThat(client.all(path, "metric_id", "since", "")).hasSize(253).doesNotContain("m");
    assertThat(client.all(path, "metric_id", "until", "1")).containsExactly("m");
  }

  @Test
  void tablesWithoutCursorAreSortedByKey() {
    client.post("products", "{\"product_id\":\"a\"}");

    assertThat(client.all("/tables/products/records", "product_id"))
        .isSorted()
        .first()
        .isEqualTo("a");
  }

  @Test
  void filtersAreExactAndCombined() {
    String path = "/tables/orders/records";

    List<String> shipped = client.all(path, "status", "status", "shipped");
    List<String> both = client.all(path, "user_id", "status", "shipped", "user_id", "user_0004");

    assertThat(shipped).hasSizeBetween(15, 35).containsOnly("shipped");
    assertThat(both).isNotEmpty().hasSizeLessThan(shipped.size()).containsOnly("user_0004");
    assertThat(client.all(path, "status", "status", "ship")).isEmpty();
    assertThat(client.all("/tables/products/records", "category", "category", "books"))
        .isNotEmpty()
        .containsOnly("books");
  }

  @Test
  void upsertBetweenTwoPagesShiftsTheSecond() {
    List<String> first = client.page(USERS).getList("records.user_id");
    client.post("users", "{\"user_id\":\"user_0000\"}");
    List<String> second = client.page(USERS, "page", "2").getList("records.user_id");
    List<String> third = client.page(USERS, "page", "3").getList("records.user_id");

    assertThat(first).last().isEqualTo("user_0014");
    assertThat(second).first().isEqualTo("user_0016"); // user_0015 has moved to the first page
    assertThat(third).last().isEqualTo("user_0000");
  }

  @Test
  void writesOfOneMomentShareATimestamp() {
    client.post("users", "{\"user_id\":\"b\"}");
    client.post("users", "{\"user_id\":\"a\"}");
    clock.advance(Duration.ofNanos(1000));
    client.post("users", "{\"user_id\":\"c\"}");

    String since = ExampleApi.timestamp(NOW.minusMillis(1));
    assertThat(client.all(USERS, "updated_at", "since", since))
        .containsExactly(
            "2026-03-01T12:00:00.000000+00:00",
            "2026-03-01T12:00:00.000000+00:00",
            "2026-03-01T12:00:00.000001+00:00");
    assertThat(client.all(USERS, "user_id", "since", since)).containsExactly("b", "a", "c");
  }

  @Test
  void tombstonesArePagedAndBounded() {
    for (int i = 0; i < 45; i++) {
      clock.advance(Duration.ofSeconds(1));
      api.store().delete("orders", "order_%04d".formatted(i));
    }

    String path = "/tables/orders/deleted_records";
    assertThat(client.page(path).getList("records")).hasSize(40);
    assertThat(client.all(path, "order_id")).hasSize(45).isSorted();
    assertThat(
            client.all(
                path, "order_id", "since", ExampleApi.timestamp(NOW.plus(Duration.ofSeconds(43)))))
        .containsExactly("order_0043", "order_0044");
  }

  @Test
  void deleteBetweenTwoPagesShiftsTheSecond() {
    client.page("/tables/orders/records");
    client.delete("orders", "order_0003");

    assertThat(client.page("/tables/orders/records", "page", "2").getList("records.order_id"))
        .first()
        .isEqualTo("order_0041");
  }
}
