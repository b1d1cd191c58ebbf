package dev.sluice.testkit.reference;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One read of a snapshot, from the last page of the read before. Several pages are read again until
 * nothing new shows up: a record that goes pulls the others forward, over the edge of a page.
 */
final class SnapshotRead {
  private static final int DONE = 0;

  private ReferenceClient client;
  private final String path;
  private final Bug bug;
  private final Set<String> given = new HashSet<>();
  private final SortedMap<Integer, String> tags = new TreeMap<>();
  private boolean moved;

  /**
   * The last page that was read, 0 once all were, the keys on it, and the tags of all pages while
   * they are those of what was delivered.
   *
   * @param size the size of pages by which the page counts
   */
  record Place(int page, List<String> seen, Map<Integer, String> tags, int size) {

    /** Returns the page of another size that has the first record of this one. */
    int of(int other) {
      return (int) ((page - 1L) * size / other) + 1;
    }
  }

  SnapshotRead(ReferenceClient client, String path, Bug bug) {
    this.client = client;
    this.path = path;
    this.bug = bug;
  }

  Offset read(Offset start, RecordEmitter out) {
    Place place =
        start.as(Place.class).orElse(new Place(1, List.of(), Map.of(), client.pageSize()));
    if (place.page() == DONE) {
      return start;
    }
    given.addAll(place.seen());
    if (bug == Bug.OLD_OPTION_KEPT) {
      client = client.with(place.size());
    }
    moved = place.size() != client.pageSize();
    int first = place.of(client.pageSize());
    tags.putAll(moved ? Map.of() : place.tags());
    Pass pass = pass(first, out);
    while (pass.news && pass.pages > 1 && bug != Bug.PAGE_SHIFT_IGNORED_IN_SNAPSHOT) {
      pass = pass(first, out);
    }
    int last = first + pass.pages - 1;
    Map<Integer, String> known = moved || tags.size() != last ? Map.of() : Map.copyOf(tags);
    return Offset.of(
        pass.isLast
            ? new Place(DONE, List.of(), known, client.pageSize())
            : new Place(last, List.copyOf(pass.seen), known, client.pageSize()));
  }

  boolean isUnchanged(Offset complete) {
    Map<Integer, String> known = known(complete);
    return !known.isEmpty()
        && new TreeMap<>(known)
            .entrySet().stream()
                .limit(bug == Bug.FIRST_PAGE_COMPARED_ALONE ? 1 : known.size())
                .allMatch(page -> client.isUnchanged(path, page.getKey(), page.getValue()));
  }

  private static Map<Integer, String> known(Offset complete) {
    try {
      return complete.as(Place.class).map(Place::tags).orElse(Map.of());
    } catch (ConnectorException e) {
      return Map.of(); // not of this connector
    }
  }

  private Pass pass(int first, RecordEmitter out) {
    var pass = new Pass();
    for (Optional<Integer> page = Optional.of(first); page.isPresent(); ) {
      ReferenceClient.Page read = client.page(path, Optional.empty(), page.get());
      String before = tags.putIfAbsent(page.get(), read.tag());
      moved = moved || (before != null && !before.equals(read.tag()));
      page = read.next();
      pass.pages++;
      pass.seen = new TreeSet<>();
      read.records().forEach(record -> offer(record, pass, out));
      pass.isLast = page.isEmpty();
      if (!out.wantsMore() && pass.pages > 1) {
        break;
      }
    }
    return pass;
  }

  private void offer(SourceRecord record, Pass pass, RecordEmitter out) {
    String id = record.text("id").orElseThrow();
    pass.seen.add(id);
    if (given.add(id)) {
      pass.news = true;
      out.emit(record);
    }
  }

  private static final class Pass {
    private int pages;
    private boolean news;
    private boolean isLast;
    private Set<String> seen = Set.of();
  }
}
