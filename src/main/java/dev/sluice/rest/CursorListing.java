package dev.sluice.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A listing and the cursor it is read by: the ways to walk through it. */
record CursorListing(PageFetch fetch, Listing listing, TimeCursor cursor) {

  CursorListing with(String parameter, String value) {
    return new CursorListing(fetch, listing.with(parameter, value), cursor);
  }

  /** Everything from a cursor value on, in the order of the cursor. */
  Walk ascending(Optional<Instant> from) {
    return new AscendingWalk(fetch, listing, cursor, from);
  }

  /** Everything in a window, half-open, whatever the source makes of its bounds. */
  Walk window(Optional<Instant> from, Instant end) {
    Listing bounded = from.map(value -> cursor.from(listing, value)).orElse(listing);
    Walk walk = walk(cursor.until(bounded, end), from);
    Instant begin = from.orElse(Instant.MIN);
    return () -> walk.next().map(rows -> between(begin, end, rows));
  }

  private Walk walk(Listing window, Optional<Instant> from) {
    return switch (cursor.order()) {
      case ASCENDING -> new AscendingWalk(fetch, window, cursor, from);
      case UNSORTED ->
          new RepeatedWalk(
              fetch,
              window,
              window.request(),
              Set.of(),
              record -> new Row(record, cursor.value(record)),
              cursor::fingerprint);
    };
  }

  private static List<Row> between(Instant begin, Instant end, List<Row> rows) {
    return rows.stream()
        .filter(row -> !row.cursor().isBefore(begin) && row.cursor().isBefore(end))
        .toList();
  }
}
