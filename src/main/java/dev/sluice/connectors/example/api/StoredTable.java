package dev.sluice.connectors.example.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.connectors.example.api.TableDefinition.Trait;
import dev.sluice.spi.SourceRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The rows and tombstones of one table. It may be used from any thread. */
final class StoredTable {
  private final TableDefinition definition;
  private final InstantSource clock;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final List<Row> tombstones = new ArrayList<>();
  private int pageSize;

  /** A record with its key and the value that it is sorted by. */
  private record Row(String key, String sortValue, SourceRecord record) {}

  /** Some rows of a longer list, how many it has, and the number of the page that follows. */
  record Page(List<SourceRecord> records, int total, Optional<Integer> next) {}

  StoredTable(TableDefinition definition, InstantSource clock) {
    this.definition = definition;
    this.clock = clock;
    this.pageSize = definition.pageSize();
  }

  TableDefinition definition() {
    return definition;
  }

  synchronized void pageSize(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("A page has at least one row: " + rows);
    }
    pageSize = rows;
  }

  synchronized int count() {
    return rows.size();
  }

  synchronized List<SourceRecord> records() {
    return sorted(rows.values()).map(Row::record).toList();
  }

  synchronized List<SourceRecord> tombstones() {
    return sorted(tombstones).map(Row::record).toList();
  }

  synchronized Page page(RowQuery query) {
    return page(rows.values(), query);
  }

  synchronized Page tombstonePage(RowQuery query) {
    return page(tombstones, query);
  }

  /** Returns a page of the current rows: a write between two pages shifts the second. */
  private Page page(Collection<Row> rows, RowQuery query) {
    int size = Math.min(query.limit().orElse(pageSize), pageSize);
    List<SourceRecord> found =
        sorted(rows)
            .filter(row -> query.matches(row.sortValue, row.record))
            .map(Row::record)
            .toList();
    int begin = (int) Math.min(found.size(), (query.page() - 1L) * size);
    int end = Math.min(found.size(), begin + size);
    return new Page(
        found.subList(begin, end),
        found.size(),
        end < found.size() ? Optional.of(query.page() + 1) : Optional.empty());
  }

  private static Stream<Row> sorted(Collection<Row> rows) {
    return rows.stream().sorted(Comparator.comparing(Row::sortValue));
  }

  /** Inserts or replaces a record as a client's write does: the cursor field becomes now. */
  synchronized SourceRecord write(SourceRecord record) {
    SourceRecord written =
        definition.cursor().map(field -> record.with(field, now())).orElse(record);
    place(written);
    return written;
  }

  /** Inserts or replaces a record unchanged. */
  synchronized void place(SourceRecord record) {
    Row row = row(record);
    rows.put(row.key, row);
  }

  synchronized void replace(List<SourceRecord> records) {
    rows.clear();
    tombstones.clear();
    records.forEach(this::place);
  }

  synchronized void placeTombstone(SourceRecord tombstone) {
    tombstones.add(row(tombstone));
  }

  /** Removes a record and returns its tombstone, which stays forever where tombstones are kept. */
  synchronized SourceRecord delete(String key) {
    if (rows.remove(key) == null) {
      throw RefusedRequest.notFound(
          "No record '%s' in table '%s'".formatted(key, definition.name()));
    }
    SourceRecord tombstone = tombstone(key);
    if (definition.is(Trait.DELETABLE)) {
      placeTombstone(tombstone);
    }
    return tombstone;
  }

  private SourceRecord tombstone(String key) {
    ObjectNode tombstone = ApiJson.object();
    definition.fields().forEach(field -> tombstone.putNull(field.name()));
    tombstone.put(definition.key(), key);
    definition.cursor().ifPresent(field -> tombstone.put(field, now()));
    return SourceRecord.of(tombstone.toString());
  }

  private Row row(SourceRecord record) {
    String key =
        record
            .text(definition.key())
            .orElseThrow(
                () ->
                    RefusedRequest.badRequest(
                        "A record of '%s' needs the field '%s'"
                            .formatted(definition.name(), definition.key())));
    return new Row(key, record.text(definition.sortField()).orElse(""), record);
  }

  private String now() {
    return ExampleApi.timestamp(clock.instant());
  }
}
