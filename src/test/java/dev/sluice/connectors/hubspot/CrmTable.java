package dev.sluice.connectors.hubspot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects of one type: those alive, those archived, and the search index, which follows the
 * former late when it is told to. Safe for use from any thread.
 */
final class CrmTable {
  static final String MERGED = "hs_merged_object_ids";

  private final String name;
  private final String modified;
  private final NavigableMap<Long, CrmObject> live = new TreeMap<>();
  private final NavigableMap<Long, CrmObject> archived = new TreeMap<>();
  private final NavigableMap<Long, CrmObject> index = new TreeMap<>();
  private final Map<Long, Long> merged = new TreeMap<>();
  private Map<String, String> properties;
  private boolean late;
  private int mostPerPage = Integer.MAX_VALUE;

  /**
   * @param properties types of properties, by name
   */
  CrmTable(String name, String modified, Map<String, String> properties) {
    this.name = name;
    this.modified = modified;
    this.properties = new TreeMap<>(properties);
  }

  String name() {
    return name;
  }

  /** The property that says when an object changed. */
  String modified() {
    return modified;
  }

  synchronized Map<String, String> properties() {
    return Map.copyOf(properties);
  }

  synchronized void define(Map<String, String> more) {
    properties = new TreeMap<>(properties);
    properties.putAll(more);
  }

  synchronized void mostPerPage(int most) {
    mostPerPage = most;
  }

  synchronized int mostPerPage() {
    return mostPerPage;
  }

  synchronized void clear() {
    live.clear();
    archived.clear();
    index.clear();
    merged.clear();
  }

  /** Creates, changes or restores an object. */
  synchronized void put(CrmObject object) {
    archived.remove(object.id());
    live.put(object.id(), object);
    catchUpUnlessLate();
  }

  /** Of a contact HubSpot tells the last change as the instant of that. */
  synchronized void archive(long id, Instant at) {
    Optional.ofNullable(live.remove(id))
        .ifPresent(
            gone ->
                archived.put(id, gone.archived(name.equals("contacts") ? gone.updatedAt() : at)));
    catchUpUnlessLate();
  }

  /** A deletion for good: nothing tells of it. */
  synchronized void purge(long id) {
    live.remove(id);
    archived.remove(id);
    catchUpUnlessLate();
  }

  /** Two objects become a new one, which their ids lead to from now on; no list tells of them. */
  synchronized void merge(long one, long other, CrmObject both) {
    for (long id : List.of(one, other)) {
      live.remove(id);
      merged.put(id, both.id());
    }
    put(both.with(MERGED, one + ";" + other));
  }

  /** From now on searches do not see changes. */
  synchronized void fallBehind() {
    late = true;
  }

  /** Searches see everything again. */
  synchronized void catchUp() {
    late = false;
    catchUpUnlessLate();
  }

  private void catchUpUnlessLate() {
    if (!late) {
      index.clear();
      index.putAll(live);
    }
  }

  synchronized Optional<CrmObject> find(long id) {
    return Optional.ofNullable(live.get(merged.getOrDefault(id, id)));
  }

  synchronized List<CrmObject> live() {
    return List.copyOf(live.values());
  }

  synchronized List<CrmObject> liveAfter(long id) {
    return List.copyOf(live.tailMap(id, false).values());
  }

  synchronized List<CrmObject> archivedAfter(long id) {
    return List.copyOf(archived.tailMap(id, false).values());
  }

  synchronized List<CrmObject> indexed() {
    return List.copyOf(index.values());
  }
}
