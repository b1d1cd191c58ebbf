package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One table of a stand-in, read as the runtime does, invocation by invocation, into a small lake.
 */
final class HubSpotReader {
  private final HubSpotStandIn hubSpot;
  private final Table table;
  private final int cap;
  private final Options connection;
  private final Map<String, JsonNode> lake = new TreeMap<>();
  private final Map<String, JsonNode> deleted = new TreeMap<>();
  private Offset data = Offset.START;
  private Offset deletes = Offset.START;
  private int largestBatch;
  private Duration age = Duration.ZERO;

  HubSpotReader(HubSpotStandIn hubSpot, String table, Options options, int cap) {
    this(hubSpot, Table.named(table).with(options), cap, hubSpot.connection());
  }

  HubSpotReader(HubSpotStandIn hubSpot, Table table, int cap, Options connection) {
    this.hubSpot = hubSpot;
    this.table = table;
    this.cap = cap;
    this.connection = connection;
  }

  static HubSpotReader of(HubSpotStandIn hubSpot, String table) {
    return new HubSpotReader(hubSpot, table, Options.NONE, Integer.MAX_VALUE);
  }

  HubSpotReader with(String option, String value) {
    return new HubSpotReader(
        hubSpot, table.with(table.options().with(option, value)), cap, connection);
  }

  /** From now on an invocation is so old when it reads this table. */
  HubSpotReader after(Duration age) {
    this.age = age;
    return this;
  }

  Table table() {
    return table;
  }

  <T> T connected(Instant startedAt, Function<SupportsDeletes, T> use) {
    InstantSource clock = InstantSource.fixed(startedAt.plus(age));
    var context =
        new ConnectorContext(
            connection.with("retry_pause_millis", "0"),
            startedAt,
            Deadline.after(Duration.ofMinutes(15), clock),
            clock,
            RequestListener.NONE);
    try (var connector = (SupportsDeletes) new HubSpotProvider().create(context)) {
      return use.apply(connector);
    }
  }

  /** One invocation; returns the records that it committed. */
  List<JsonNode> read(Instant startedAt) {
    return connected(
        startedAt,
        connector -> {
          List<JsonNode> all = new ArrayList<>();
          while (true) {
            var batch = new Batch(cap);
            Offset end = connector.readTable(table, data, batch);
            if (end.equals(data)) {
              return all;
            }
            data = end;
            largestBatch = Math.max(largestBatch, batch.records.size());
            batch.records.forEach(record -> fold(lake, record));
            all.addAll(batch.records);
          }
        });
  }

  List<JsonNode> readDeletes(Instant startedAt) {
    return connected(
        startedAt,
        connector -> {
          List<JsonNode> all = new ArrayList<>();
          while (true) {
            var batch = new Batch(cap);
            Offset end = connector.readTableDeletes(table, deletes, batch);
            if (end.equals(deletes)) {
              return all;
            }
            deletes = end;
            batch.records.forEach(record -> fold(deleted, record));
            all.addAll(batch.records);
          }
        });
  }

  private static void fold(Map<String, JsonNode> records, JsonNode record) {
    records.merge(
        record.path("id").asText(),
        record,
        (older, newer) -> updatedAt(newer).isBefore(updatedAt(older)) ? older : newer);
  }

  private static Instant updatedAt(JsonNode record) {
    return Instant.parse(record.path("updatedAt").asText());
  }

  /** The records that were not deleted after their last change, by id. */
  Map<String, JsonNode> alive() {
    Map<String, JsonNode> alive = new TreeMap<>(lake);
    alive
        .entrySet()
        .removeIf(
            entry ->
                deleted.containsKey(entry.getKey())
                    && !updatedAt(deleted.get(entry.getKey()))
                        .isBefore(updatedAt(entry.getValue())));
    return alive;
  }

  /** The record of an object that is alive. */
  JsonNode record(long id) {
    return Optional.ofNullable(alive().get(Long.toString(id))).orElseThrow();
  }

  Offset offset() {
    return data;
  }

  int largestBatch() {
    return largestBatch;
  }

  private static final class Batch implements RecordEmitter {
    private final int cap;
    private final List<JsonNode> records = new ArrayList<>();

    Batch(int cap) {
      this.cap = cap;
    }

    @Override
    public void emit(SourceRecord record) {
      records.add(record.tree());
    }

    @Override
    public boolean wantsMore() {
      return records.size() < cap;
    }
  }
}
