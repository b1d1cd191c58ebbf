package dev.sluice.connectors.example.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeedDataTest {
  private static final Instant BASE = Instant.parse("2026-03-01T11:00:00Z");

  private final ApiData store = filled(42);

  private static ApiData filled(long seed) {
    ApiData store = new ApiData(InstantSource.fixed(BASE));
    new SeedData(new SplittableRandom(seed), BASE).fill(store);
    return store;
  }

  @ParameterizedTest
  @CsvSource({
    "products, name,         11, Product 11",
    "products, price,        11, 26.5",
    "products, category,     11, clothing",
    "events,   event_id,     31, 00000000-0000-0000-0000-00000000001f",
    "events,   event_type,   31, view",
    "events,   user_id,      31, user_001",
    "events,   payload,      31, payload_31",
    "events,   created_at,   31, 2026-03-01T11:00:31.000000+00:00",
    "users,    user_id,      9,  user_0009",
    "users,    email,        9,  user9@example.com",
    "users,    display_name, 9,  User 9",
    "users,    status,       9,  active",
    "users,    updated_at,   9,  2026-03-01T11:09:00.000000+00:00",
    "orders,   user_id,      17, user_0007",
    "orders,   amount,       17, 106.1",
    "orders,   status,       17, delivered",
    "orders,   updated_at,   17, 2026-03-01T11:00:17.000000+00:00",
    "metrics,  name,         61, metric.mem",
    "metrics,  value.count,  61, 61",
    "metrics,  value.label,  61, medium",
    "metrics,  value.measure,61, 67.1",
    "metrics,  host,         61, host-1",
    "metrics,  updated_at,   61, 2026-03-01T12:01:00.000000+00:00"
  })
  void rowHasItsValues(String table, String field, int row, String expected) {
    // with some seed the value is null, but not with all of them
    List<String> values =
        LongStream.rangeClosed(1, 8)
            .boxed()
            .flatMap(seed -> filled(seed).records(table).get(row).text(field).stream())
            .toList();

    assertThat(values).isNotEmpty().containsOnly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "products, product_id",
    "events,   event_id",
    "events,   created_at",
    "users,    user_id",
    "users,    updated_at",
    "orders,   order_id",
    "orders,   updated_at",
    "metrics,  metric_id",
    "metrics,  updated_at"
  })
  void keysAndCursorsAreNeverNull(String table, String field) {
    assertThat(store.records(table)).allMatch(record -> record.text(field).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "products, /name",
    "products, /price",
    "products, /category",
    "events,   /event_type",
    "events,   /user_id",
    "events,   /payload",
    "users,    /email",
    "users,    /display_name",
    "users,    /status",
    "orders,   /user_id",
    "orders,   /amount",
    "orders,   /status",
    "metrics,  /name",
    "metrics,  /value",
    "metrics,  /host",
    "metrics,  /value/count",
    "metrics,  /value/label",
    "metrics,  /value/measure"
  })
  void aboutAFifthOfTheOthersIsNull(String table, String pointer) {
    List<JsonNode> values =
        store.records(table).stream()
            .map(record -> record.tree().at(pointer))
            .filter(value -> !value.isMissingNode())
            .toList();

    long nulls = values.stream().filter(JsonNode::isNull).count();

    assertThat((double) nulls / values.size()).isBetween(0.05, 0.38);
  }

  @Test
  void sameSeedMakesTheSameRows() {
    for (String table : store.tables()) {
      assertThat(texts(filled(42), table)).isEqualTo(texts(store, table));
    }
    assertThat(texts(filled(43), "orders")).isNotEqualTo(texts(store, "orders"));
  }

  private static List<String> texts(ApiData store, String table) {
    return store.records(table).stream().map(SourceRecord::json).toList();
  }

  @Test
  void mostMetricsAreDatedInTheFuture() {
    String now = ExampleApi.timestamp(BASE.plus(Duration.ofHours(1)));

    assertThat(store.records("metrics"))
        .filteredOn(metric -> metric.text("updated_at").orElseThrow().compareTo(now) > 0)
        .hasSize(192);
  }
}
