package dev.sluice.proof.failpoint;

import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.connectors.example.api.ExampleApi.Settings;
import dev.sluice.spi.SourceRecord;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small source as it was, and as it is now: a server for each, that are alike but for that. */
final class Shop implements AutoCloseable {
  /** So many share a timestamp that the offset behind them needs an object of its own. */
  private static final int CROWD = 400;

  private static final String TOMBSTONES = "orders";

  private final Instant base =
      Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
  private final ExampleApi before = start();
  private final ExampleApi now = start();

  Shop() {
    fill(before);
    fill(now);
    change();
  }

  private ExampleApi start() {
    return ExampleApi.start(
        new Settings(0, 0, 42, Duration.ZERO, () -> base.plus(Duration.ofMinutes(30))));
  }

  private void fill(ExampleApi api) {
    var store = api.store();
    store.pageSize("events", 2);
    store.pageSize("users", CROWD);
    store.pageSize("orders", 2);
    store.pageSize("products", 2);
    store.replace("events", IntStream.range(0, 3).mapToObj(i -> event(i, i)).toList());
    store.replace("users", IntStream.range(0, CROWD).mapToObj(i -> user(i, 0)).toList());
    store.replace("orders", IntStream.range(0, 3).mapToObj(i -> order(i, i)).toList());
    store.placeTombstone("orders", tombstone("order-gone", 1));
    store.replace("products", IntStream.range(0, 3).mapToObj(i -> product(i, 100)).toList());
  }

  private void change() {
    var store = now.store();
    store.place("events", event(3, 3));
    store.place("events", event(4, 3));
    store.place("events", event(5, 5));
    store.place("users", user(7, 60));
    store.place("users", user(CROWD, 61));
    store.place("orders", order(0, 60));
    store.place("orders", order(3, 61));
    store.placeTombstone("orders", tombstone("order-1", 62));
    store.placeTombstone("orders", tombstone("order-2", 63));
    store.place("products", product(1, 99));
    store.place("products", product(3, 100));
  }

  private SourceRecord event(int index, int second) {
    return record("event_id", "event-" + index, "created_at", second);
  }

  private SourceRecord user(int index, int second) {
    return record("user_id", "user-" + index, "updated_at", second);
  }

  private SourceRecord order(int index, int second) {
    return record("order_id", "order-" + index, "updated_at", second);
  }

  private SourceRecord tombstone(String key, int second) {
    return record("order_id", key, "updated_at", second);
  }

  private static SourceRecord product(int index, int price) {
    return SourceRecord.of("{\"product_id\":\"product-%d\",\"price\":%d}".formatted(index, price));
  }

  private SourceRecord record(String key, String value, String cursor, int second) {
    return SourceRecord.of(
        "{\"%s\":\"%s\",\"%s\":\"%s\"}"
            .formatted(key, value, cursor, ExampleApi.timestamp(base.plusSeconds(second))));
  }

  /** Where it is as it was. */
  URI before() {
    return before.baseUri();
  }

  /** What the run is connected to that begins so. */
  URI url(Beginning beginning) {
    return api(beginning).baseUri();
  }

  /** The tables and how they are read, as a part of a pipeline file. */
  static String tables() {
    return """
        tables:
          - table: events
            options: { max_records_per_batch: 2, limit: 2 }
          - table: users
            options: { max_records_per_batch: 2, lookback_seconds: 300 }
          - table: orders
            options: { max_records_per_batch: 2 }
          - table: products
            options: { max_records_per_batch: 2, keep_generations: 1 }
        """;
  }

  /** Every version that runs have seen by now, once. */
  List<String> versions(String table, Beginning beginning) {
    return switch (beginning) {
      case EMPTY -> records(before, table);
      case FILLED -> versions(records(before, table), records(now, table));
    };
  }

  /** What the run sees that begins so. */
  List<String> records(String table, Beginning beginning) {
    return records(api(beginning), table);
  }

  private ExampleApi api(Beginning beginning) {
    return switch (beginning) {
      case EMPTY -> before;
      case FILLED -> now;
    };
  }

  List<String> tombstones(Beginning beginning) {
    return lines(api(beginning).store().tombstones(TOMBSTONES));
  }

  private static List<String> versions(List<String> first, List<String> second) {
    return new ArrayList<>(
        new LinkedHashSet<>(Stream.concat(first.stream(), second.stream()).toList()));
  }

  private static List<String> records(ExampleApi api, String table) {
    return lines(api.store().records(table));
  }

  private static List<String> lines(List<SourceRecord> records) {
    return records.stream().map(record -> record.tree().toString()).toList();
  }

  @Override
  public void close() {
    before.close();
    now.close();
  }
}
