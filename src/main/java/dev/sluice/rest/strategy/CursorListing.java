package dev.sluice.rest.strategy;

import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.AscendingWalk;
import dev.sluice.rest.walk.RepeatedWalk;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A list and the cursor it is read by; creates the walks through it. */
record CursorListing(PageFetch fetch, Listing listing, TimeCursor cursor) {

  CursorListing with(String parameter, String value) {
    return new CursorListing(fetch, listing.with(parameter, value), cursor);
  }

  CursorListing with(PageFetch other) {
    return new CursorListing(other, listing, cursor);
  }

  /** Walks everything from a cursor value on, in the order of the cursor. */
  Walk ascending(Optional<Instant> from) {
    return walkUp(listing, from);
  }

  private Walk walkUp(Listing list, Optional<Instant> from) {
    return new AscendingWalk(fetch, list.extracting(List.of(cursor.field())), cursor, from);
  }

  /** Walks everything in a half-open window, whatever the source does with its bounds. */
  Walk window(Optional<Instant> from, Instant end) {
    Listing bounded = from.map(value -> cursor.from(listing, value)).orElse(listing);
    Walk walk = walk(cursor.until(bounded, end), from);
    Instant begin = from.orElse(Instant.MIN);
    return () -> walk.next().map(rows -> between(begin, end, rows));
  }

  private Walk walk(Listing window, Optional<Instant> from) {
    return switch (cursor.order()) {
      case ASCENDING -> walkUp(window, from);
      case UNSORTED -> repeated(window);
    };
  }

  private Walk repeated(Listing list) {
    return new RepeatedWalk(
        fetch,
        list.extracting(cursor.extractedFields()),
        list.request(),
        Set.of(),
        record -> new Row(record, cursor.value(record)),
        cursor::fingerprint,
        RepeatedWalk.Agreement.SAME_RECORDS);
  }

  /** Walks everything from a cursor value on, in any order. */
  Walk unsorted(Optional<Instant> from) {
    Walk walk = repeated(from.map(value -> cursor.from(listing, value)).orElse(listing));
    return from.isEmpty() ? walk : () -> walk.next().map(rows -> notBefore(from.get(), rows));
  }

  private List<Row> notBefore(Instant begin, List<Row> rows) {
    Instant least = begin.minus(TimeCursor.FILTER_PRECISION);
    Optional<Row> early = rows.stream().filter(row -> row.cursor().isBefore(least)).findFirst();
    if (early.isPresent()) {
      throw ConnectorException.protocol(
          "%s is to begin at %s of '%s', but answers %s"
              .formatted(listing.request().path(), begin, cursor.field(), early.get().cursor()));
    }
    return rows.stream().filter(row -> !row.cursor().isBefore(begin)).toList();
  }

  private static List<Row> between(Instant begin, Instant end, List<Row> rows) {
    return rows.stream()
        .filter(row -> !row.cursor().isBefore(begin) && row.cursor().isBefore(end))
        .toList();
  }
}
