package dev.sluice.connectors.example;

import dev.sluice.connectors.example.api.ApiData;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Ability;
import dev.sluice.testkit.QuietRun;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** A table of the example API, filled and changed through its store. */
final class ExampleStandInTable implements StandInTable {
  private static final String METRICS = "metrics";

  private final String name;
  private final ApiData store;
  private final AtomicReference<Instant> now;

  ExampleStandInTable(String name, ApiData store, AtomicReference<Instant> now) {
    this.name = name;
    this.store = store;
    this.now = now;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> identity() {
    return List.of(keyField());
  }

  private String keyField() {
    return name.substring(0, name.length() - 1) + "_id";
  }

  @Override
  public Duration resolution() {
    return Duration.of(1, ChronoUnit.MICROS);
  }

  @Override
  public Ability updates() {
    return name.equals("events") ? Ability.no("an event is written once") : Ability.YES;
  }

  @Override
  public Ability totals() {
    return Ability.YES;
  }

  @Override
  public Ability lookback() {
    return name.equals("products") ? Ability.no("a snapshot has no cursor") : Ability.YES;
  }

  @Override
  public Ability farFuture() {
    return name.equals(METRICS)
        ? Ability.no("the last window ends at the start of the invocation")
        : Ability.YES;
  }

  @Override
  public QuietRun quietRun() {
    return name.equals(METRICS)
        ? QuietRun.advancing(2, "the first window that has settled moves the cursor")
        : QuietRun.STILL;
  }

  @Override
  public void pageSize(int most) {
    store.pageSize(name, most);
  }

  @Override
  public void replaceAll(List<RowSpec> rows) {
    store.replace(name, rows.stream().map(this::record).toList());
  }

  @Override
  public void put(RowSpec row) {
    store.place(name, record(row));
  }

  @Override
  public void delete(int key, Instant at) {
    now.set(at);
    store.delete(name, id(key));
  }

  @Override
  public Map<Integer, SourceRecord> truth() {
    Map<Integer, SourceRecord> truth = new TreeMap<>();
    for (SourceRecord record : store.records(name)) {
      String id = record.text(keyField()).orElseThrow();
      truth.put(Integer.valueOf(id.substring(id.lastIndexOf('_') + 1)), record);
    }
    return truth;
  }

  private String id(int key) {
    return String.format(Locale.ROOT, "%s_%04d", name.substring(0, name.length() - 1), key);
  }

  private SourceRecord record(RowSpec row) {
    return SourceRecord.of(
        "{\"%s\": \"%s\", %s%s}"
            .formatted(keyField(), id(row.key()), fields(row), cursor(row.cursor())));
  }

  private String fields(RowSpec row) {
    int number = row.key();
    int version = row.version();
    return switch (name) {
      case "products" ->
          """
          "name": "Product %d", "price": %d.50, "category": "books"\
          """
              .formatted(number, 10 + version);
      case "events" ->
          """
          "event_type": "click", "user_id": "user_001", "payload": "payload_%d"\
          """
              .formatted(number);
      case "users" ->
          """
          "email": %s, "display_name": "User %d v%d", "status": "active"\
          """
              .formatted(number % 3 == 0 ? "null" : "\"u@example.com\"", number, version);
      case "orders" ->
          """
          "user_id": "user_0001", "amount": %d.3, "status": "pending"\
          """
              .formatted(50 + version);
      case METRICS ->
          """
          "name": "metric.cpu", "host": "host-1", "value": {"count": %d, "label": "low", "measure": 1.10}\
          """
              .formatted(version);
      default -> throw new IllegalArgumentException("No table '" + name + "'");
    };
  }

  private String cursor(Instant instant) {
    return switch (name) {
      case "products" -> "";
      case "events" -> ", \"created_at\": \"" + ExampleApi.timestamp(instant) + "\"";
      default -> ", \"updated_at\": \"" + ExampleApi.timestamp(instant) + "\"";
    };
  }
}
