package dev.sluice.testkit.reference;

import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One read of a snapshot, from the last page of the read before. Several pages are read again until
 * nothing new shows up: a record that goes pulls the others forward, over the edge of a page.
 */
final class SnapshotRead {
  private static final int DONE = 0;

  private final ReferenceClient client;
  private final String path;
  private final Bug bug;
  private final Set<String> given = new HashSet<>();

  /** The last page that was read, 0 once all were, and the keys on it. */
  record Place(int page, List<String> seen) {}

  SnapshotRead(ReferenceClient client, String path, Bug bug) {
    this.client = client;
    this.path = path;
    this.bug = bug;
  }

  Offset read(Offset start, RecordEmitter out) {
    Place place = start.as(Place.class).orElse(new Place(1, List.of()));
    if (place.page() == DONE) {
      return start;
    }
    given.addAll(place.seen());
    Pass pass = pass(place.page(), out);
    while (pass.news && pass.pages > 1 && bug != Bug.PAGE_SHIFT_IGNORED_IN_SNAPSHOT) {
      pass = pass(place.page(), out);
    }
    return Offset.of(
        pass.isLast
            ? new Place(DONE, List.of())
            : new Place(place.page() + pass.pages - 1, List.copyOf(pass.seen)));
  }

  private Pass pass(int first, RecordEmitter out) {
    var pass = new Pass();
    for (Optional<Integer> page = Optional.of(first); page.isPresent(); ) {
      ReferenceClient.Page read = client.page(path, Optional.empty(), page.get());
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
