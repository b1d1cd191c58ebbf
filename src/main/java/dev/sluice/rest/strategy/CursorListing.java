package dev.sluice.rest.strategy;

import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.AscendingWalk;
import dev.sluice.rest.walk.Crowd;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.Segment;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A list and the cursor it is read by; creates the walks through it. */
record CursorListing(PageFetch fetch, Listing listing, TimeCursor cursor, Optional<Crowd> crowd) {

  /**
   * A list that is not sorted is read as one: a record that is missed is behind the cursor then.
   */
  private static final Segment.Bounds WHOLE = Segment.Bounds.ofWholeList(20);

  CursorListing(PageFetch fetch, Listing listing, TimeCursor cursor) {
    this(fetch, listing, cursor, Optional.empty());
  }

  /** Goes on among the records of one cursor value. */
  CursorListing from(Optional<Crowd> place) {
    return new CursorListing(fetch, listing, cursor, place);
  }

  CursorListing sizedBy(String parameter, int records) {
    return new CursorListing(fetch, listing.sizedBy(parameter, records), cursor, crowd);
  }

  CursorListing with(PageFetch other) {
    return new CursorListing(other, listing, cursor, crowd);
  }

  /** Walks everything from a cursor value on, in the order of the cursor. */
  Walk ascending(Optional<Instant> from) {
    return walkUp(listing, from);
  }

  private Walk walkUp(Listing list, Optional<Instant> from) {
    return new AscendingWalk(fetch, list.extracting(List.of(cursor.field())), cursor, from, crowd);
  }

  /** Walks everything in a half-open window, whatever the source does with its bounds. */
  Walk window(Optional<Instant> from, Instant end) {
    Listing bounded = from.map(value -> cursor.from(listing, value)).orElse(listing);
    Walk walk = walk(cursor.until(bounded, end), from);
    Instant begin = from.orElse(Instant.MIN);
    return walk.with(rows -> between(begin, end, rows));
  }

  private Walk walk(Listing window, Optional<Instant> from) {
    return switch (cursor.order()) {
      case ASCENDING -> walkUp(window, from);
      case UNSORTED -> repeated(window);
    };
  }

  private Walk repeated(Listing list) {
    var segment =
        new Segment<>(
            fetch,
            list.extracting(cursor.extractedFields()),
            new Unsorted(cursor),
            WHOLE,
            Segment.Start.of(list));
    return () -> {
      Optional<List<Row>> rows = segment.next();
      if (rows.isEmpty() && !segment.isConfirmed()) {
        throw ConnectorException.transientFailure(
            "%s kept changing while it was read, %d times in a row"
                .formatted(list.request().path(), WHOLE.passes()));
      }
      return rows;
    };
  }

  private record Unsorted(TimeCursor cursor) implements Segment.View<Row> {
    @Override
    public String name(SourceRecord record) {
      return cursor.fingerprint(record);
    }

    @Override
    public Optional<Row> take(SourceRecord record) {
      return Optional.of(new Row(record, cursor.value(record)));
    }
  }

  /** Walks everything from a cursor value on, in any order. */
  Walk unsorted(Optional<Instant> from) {
    Walk walk = repeated(from.map(value -> cursor.from(listing, value)).orElse(listing));
    return from.isEmpty() ? walk : walk.with(rows -> notBefore(from.get(), rows));
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
