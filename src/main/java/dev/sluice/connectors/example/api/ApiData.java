package dev.sluice.connectors.example.api;

import dev.sluice.spi.SourceRecord;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of the API, for code in the same process. It reads and writes them without HTTP, and so
 * without failures. It may be used from any thread.
 */
public final class ApiData {
  private final Map<String, StoredTable> tables = new LinkedHashMap<>();

  ApiData(InstantSource clock) {
    for (TableDefinition definition : Tables.ALL) {
      tables.put(definition.name(), new StoredTable(definition, clock));
    }
  }

  /** Returns all tables, including hidden ones. */
  public List<String> tables() {
    return List.copyOf(tables.keySet());
  }

  public int count(String table) {
    return table(table).count();
  }

  /** Returns the records in the order in which the API serves them. */
  public List<SourceRecord> records(String table) {
    return table(table).records();
  }

  /** Returns the tombstones in the order in which the API serves them. */
  public List<SourceRecord> tombstones(String table) {
    return table(table).tombstones();
  }

  /**
   * Inserts or replaces a record as a POST does: the cursor field becomes now. Returns the record
   * as stored.
   */
  public SourceRecord write(String table, SourceRecord record) {
    return table(table).write(record);
  }

  /**
   * Removes a record as a DELETE does and returns its tombstone. In a table that keeps no
   * tombstones, the record leaves no trace.
   */
  public SourceRecord delete(String table, String key) {
    return table(table).delete(key);
  }

  /** Inserts or replaces a record unchanged, including its cursor field. */
  public void place(String table, SourceRecord record) {
    table(table).place(record);
  }

  /** Adds a tombstone unchanged; the records stay as they are. */
  public void placeTombstone(String table, SourceRecord tombstone) {
    table(table).placeTombstone(tombstone);
  }

  /** Drops what the table holds, tombstones too, and places the given records. */
  public void replace(String table, List<SourceRecord> records) {
    table(table).replace(records);
  }

  /** Sets the maximum number of rows on a page. */
  public void pageSize(String table, int rows) {
    table(table).pageSize(rows);
  }

  List<StoredTable> storedTables() {
    return List.copyOf(tables.values());
  }

  StoredTable table(String name) {
    StoredTable table = tables.get(name);
    if (table == null) {
      throw RefusedRequest.notFound("No table '" + name + "'");
    }
    return table;
  }
}
