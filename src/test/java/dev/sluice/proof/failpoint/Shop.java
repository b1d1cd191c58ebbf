package dev.sluice.proof.failpoint;

import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.connectors.example.api.ExampleApi.Settings;
import dev.sluice.spi.SourceRecord;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A small source at three moments, with changes between them: a server for each, so that a process
 * that was paused finds the source as it was.
 */
final class Shop implements AutoCloseable {
  /** So many share a timestamp that the offset behind them needs an object of its own. */
  private static final int CROWD = 400;

  private static final String TOMBSTONES = "orders";

  private final Instant base =
      Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
  private final List<ExampleApi> moments = List.of(start(), start(), start());

  private final Front front = new Front(moments.stream().map(ExampleApi::baseUri).toList());

  Shop() {
    moments.forEach(this::fill);
    moments.subList(1, 3).forEach(this::change);
    changeAgain(moments.get(2));
  }

  private ExampleApi start() {
    return ExampleApi.start(
        new Settings(0, 0, 42, Duration.ZERO, () -> base.plus(Duration.ofMinutes(30))));
  }

  private void fill(ExampleApi api) {
    var store = api.store();
    store.pageSize("events", 3);
    store.pageSize("users", CROWD);
    store.pageSize("orders", 1);
    store.pageSize("products", 1);
    store.replace("events", IntStream.range(0, 3).mapToObj(i -> event(i, i)).toList());
    store.replace("users", IntStream.range(0, CROWD).mapToObj(i -> user(i, 0)).toList());
    store.replace("orders", IntStream.range(0, 3).mapToObj(i -> order(i, i)).toList());
    store.placeTombstone("orders", tombstone("order-gone", 1));
    store.replace("products", IntStream.range(0, 3).mapToObj(i -> product(i, 100)).toList());
  }

  private void change(ExampleApi api) {
    var store = api.store();
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

  private void changeAgain(ExampleApi api) {
    var store = api.store();
    store.place("events", event(6, 120));
    store.place("users", user(7, 120));
    store.place("orders", order(0, 120));
    store.placeTombstone("orders", tombstone("order-3", 121));
    store.place("products", product(2, 98));
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

  /** Where it is served; the user name says as of which moment. */
  URI url() {
    return front.url();
  }

  /** The tables and how they are read, as a part of a pipeline file. */
  static String tables(int mostRecords) {
    return """
    tables:
      - table: events
        options: { max_records_per_batch: %1$d, limit: %1$d }
      - table: users
        options: { max_records_per_batch: %1$d, lookback_seconds: 300 }
      - table: orders
        options: { max_records_per_batch: %1$d }
      - table: products
        options: { max_records_per_batch: %1$d, keep_generations: 1, keep_generations_for: 0s }
    """
        .formatted(mostRecords);
  }

  /** Every version that there was until then, once. */
  List<String> versions(String table, int moment) {
    return moments.subList(0, moment + 1).stream()
        .flatMap(api -> lines(api.store().records(table)))
        .distinct()
        .toList();
  }

  /** The records of that moment. */
  List<String> records(String table, int moment) {
    return lines(moments.get(moment).store().records(table)).toList();
  }

  /** All until then. */
  List<String> tombstones(int moment) {
    return lines(moments.get(moment).store().tombstones(TOMBSTONES)).toList();
  }

  private static Stream<String> lines(List<SourceRecord> records) {
    return records.stream().map(record -> record.tree().toString());
  }

  @Override
  public void close() {
    front.close();
    moments.forEach(ExampleApi::close);
  }
}
