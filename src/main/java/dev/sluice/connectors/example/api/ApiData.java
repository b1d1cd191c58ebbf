package dev.sluice.connectors.example.api;

import dev.sluice.spi.SourceRecord;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows behind the API, for whoever shares its process: they are read and written here without
 * HTTP, and so without failures. May be used from any thread.
 */
public final class ApiData {
  private final Map<String, StoredTable> tables = new LinkedHashMap<>();

  ApiData(InstantSource clock) {
    for (TableDefinition definition : Tables.ALL) {
      tables.put(definition.name(), new StoredTable(definition, clock));
    }
  }

  /** All tables, hidden ones too. */
  public List<String> tables() {
    return List.copyOf(tables.keySet());
  }

  public int count(String table) {
    return table(table).count();
  }

  /** The records in the order in which the API serves them. */
  public List<SourceRecord> records(String table) {
    return table(table).records();
  }

  /** The tombstones in the order in which the API serves them. */
  public List<SourceRecord> tombstones(String table) {
    return table(table).tombstones();
  }

  /**
   * Inserts or replaces a record as a POST does: the cursor field becomes now. Returns it as
   * stored.
   */
  public SourceRecord write(String table, SourceRecord record) {
    return table(table).write(record);
  }

  /**
   * Removes a record as a DELETE does and returns its tombstone; in a table without deleted records
   * it vanishes without a trace.
   */
  public SourceRecord delete(String table, String key) {
    return table(table).delete(key);
  }

  /** Inserts or replaces a record as it is, its cursor field included. */
  public void place(String table, SourceRecord record) {
    table(table).place(record);
  }

  /** Adds a tombstone as it is; the records stay as they are. */
  public void placeTombstone(String table, SourceRecord tombstone) {
    table(table).placeTombstone(tombstone);
  }

  /** Drops what the table holds, tombstones too, and places the given records. */
  public void replace(String table, List<SourceRecord> records) {
    table(table).replace(records);
  }

  /** Sets how many rows a page has at most. */
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
