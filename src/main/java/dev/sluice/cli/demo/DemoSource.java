package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The simulated source as the demo reads and changes it, in the process that serves it. */
record DemoSource(ExampleApi api) {
  private static final String TABLE_FROM_THE_FUTURE = "metrics";

  /** Returns what the source holds; of metrics only what is dated before the second of the read. */
  List<JsonNode> records(String table, Instant readAt) {
    String now = ExampleApi.timestamp(readAt.truncatedTo(ChronoUnit.SECONDS));
    return api.store().records(table).stream()
        .map(SourceRecord::tree)
        .filter(
            record ->
                !table.equals(TABLE_FROM_THE_FUTURE)
                    || record.path("updated_at").asText().compareTo(now) < 0)
        .toList();
  }

  /** Writes and deletes records, and returns a text that says which. */
  String change() {
    write(
        "products",
        """
        {"product_id": "prod_0053", "name": "Product 53", "price": 89.5, "category": "books"}
        """);
    for (int i = 0; i < 2; i++) {
      write(
          "events",
          """
          {"event_id": "demo-%d", "event_type": "click", "user_id": "user_000", "payload": "new"}
          """
              .formatted(i));
    }
    write(
        "users",
        """
        {"user_id": "user_0007", "email": "new@example.com", "display_name": "User 7", "status": "active"}
        """);
    for (int i = 0; i < 3; i++) {
      write(
          "orders",
          """
          {"order_id": "order_000%d", "user_id": "user_0001", "amount": 12.5, "status": "shipped"}
          """
              .formatted(i));
    }
    api.store().delete("orders", "order_0098");
    api.store().delete("orders", "order_0099");
    return "1 product and 2 events are new, 1 user and 3 orders changed, 2 orders are deleted";
  }

  private void write(String table, String json) {
    api.store().write(table, SourceRecord.of(json));
  }
}
