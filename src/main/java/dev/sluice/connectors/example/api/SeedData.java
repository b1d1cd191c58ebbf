package dev.sluice.connectors.example.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rows that a new store holds. About a fifth of the nullable values are null. */
final class SeedData {
  private static final double NULL_PROBABILITY = 0.2;
  private static final List<String> CATEGORIES = List.of("electronics", "books", "clothing");
  private static final List<String> EVENT_TYPES = List.of("click", "view", "purchase");
  private static final List<String> ORDER_STATUSES = List.of("pending", "shipped", "delivered");
  private static final List<String> METRICS = List.of("cpu", "mem", "disk", "net");
  private static final List<String> LABELS = List.of("low", "medium", "high", "critical");

  private final RandomGenerator random;
  private final Instant base;

  /** Makes rows whose cursor values begin at {@code base}; {@code random} chooses the nulls. */
  SeedData(RandomGenerator random, Instant base) {
    this.random = random;
    this.base = base;
  }

  void fill(ApiData store) {
    store.replace("products", records(53, this::product));
    store.replace("events", records(101, this::event));
    store.replace("users", records(37, this::user));
    store.replace("orders", records(103, this::order));
    store.replace("metrics", records(253, this::metric));
  }

  private static List<SourceRecord> records(int count, IntFunction<ObjectNode> row) {
    return IntStream.range(0, count)
        .mapToObj(row)
        .map(fields -> SourceRecord.of(fields.toString()))
        .toList();
  }

  private ObjectNode product(int i) {
    return ApiJson.object()
        .put("product_id", "prod_%04d".formatted(i))
        .put("name", maybe("Product " + i))
        .put("price", maybe((1000 + 150 * i) / 100.0))
        .put("category", maybe(cycle(CATEGORIES, i)));
  }

  private ObjectNode event(int i) {
    return ApiJson.object()
        .put("event_id", new UUID(0, i).toString())
        .put("event_type", maybe(cycle(EVENT_TYPES, i)))
        .put("user_id", maybe("user_%03d".formatted(i % 5)))
        .put("payload", maybe("payload_" + i))
        .put("created_at", at(Duration.ofSeconds(i)));
  }

  private ObjectNode user(int i) {
    return ApiJson.object()
        .put("user_id", "user_%04d".formatted(i))
        .put("email", maybe("user" + i + "@example.com"))
        .put("display_name", maybe("User " + i))
        .put("status", maybe("active"))
        .put("updated_at", at(Duration.ofMinutes(i)));
  }

  private ObjectNode order(int i) {
    return ApiJson.object()
        .put("order_id", "order_%04d".formatted(i))
        .put("user_id", maybe("user_%04d".formatted(i % 10)))
        .put("amount", maybe((5000 + 330 * i) / 100.0))
        .put("status", maybe(cycle(ORDER_STATUSES, i)))
        .put("updated_at", at(Duration.ofSeconds(i)));
  }

  /**
   * Makes one metric a minute: about three quarters of them are dated later than an hour after the
   * base.
   */
  private ObjectNode metric(int i) {
    ObjectNode metric =
        ApiJson.object()
            .put("metric_id", "metric_%04d".formatted(i))
            .put("name", maybe("metric." + cycle(METRICS, i)));
    metric.set("value", maybe(measurement(i)));
    return metric.put("host", maybe("host-" + i % 3)).put("updated_at", at(Duration.ofMinutes(i)));
  }

  private ObjectNode measurement(int i) {
    return ApiJson.object()
        .put("count", maybe(i))
        .put("label", maybe(cycle(LABELS, i)))
        .put("measure", maybe(11 * i / 10.0));
  }

  private <T> @Nullable T maybe(T value) {
    return random.nextDouble() < NULL_PROBABILITY ? null : value;
  }

  private String at(Duration sinceBase) {
    return ExampleApi.timestamp(base.plus(sinceBase));
  }

  private static String cycle(List<String> values, int i) {
    return values.get(i % values.size());
  }
}
