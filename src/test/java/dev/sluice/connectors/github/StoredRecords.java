package dev.sluice.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records behind one list, by what they belong to. Safe for use from any thread. */
final class StoredRecords {
  private final GitHubList list;
  private final Map<String, List<Item>> items = new LinkedHashMap<>();
  private int mostPerPage = 100;

  /** A record with its tree, which is what filters look at. */
  record Item(SourceRecord record, JsonNode tree) {

    String text(String pointer) {
      return tree.at(pointer).asText("");
    }

    boolean is(String pointer) {
      return tree.at(pointer).asBoolean();
    }
  }

  StoredRecords(GitHubList list) {
    this.list = list;
  }

  GitHubList list() {
    return list;
  }

  /** Adds a record that says what it belongs to. */
  void add(SourceRecord record) {
    add(list.scope(record.tree()), record);
  }

  synchronized void add(String scope, SourceRecord record) {
    items.computeIfAbsent(scope, none -> new ArrayList<>()).add(new Item(record, record.tree()));
  }

  synchronized void replaceAll(Collection<SourceRecord> records) {
    items.clear();
    records.forEach(this::add);
  }

  synchronized void replaceAll(String scope, Collection<SourceRecord> records) {
    items.clear();
    records.forEach(record -> add(scope, record));
  }

  synchronized List<Item> of(String scope) {
    return List.copyOf(items.getOrDefault(scope, List.of()));
  }

  synchronized List<Item> all() {
    return items.values().stream().flatMap(List::stream).toList();
  }

  synchronized Set<String> scopes() {
    return Set.copyOf(items.keySet());
  }

  synchronized boolean has(String scope) {
    return items.containsKey(scope);
  }

  /** GitHub's own limit is 100. */
  synchronized void mostPerPage(int records) {
    mostPerPage = Math.min(100, records);
  }

  synchronized int mostPerPage() {
    return mostPerPage;
  }
}
