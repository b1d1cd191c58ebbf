package dev.sluice.rest.walk;

import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of one cursor value on a page.
 *
 * @param later the cursor value behind them
 */
record TiedRecords(List<SourceRecord> records, Optional<Instant> later) {

  static TiedRecords of(Page page, Listing listing, TimeCursor cursor, Instant value) {
    List<SourceRecord> tied = new ArrayList<>(page.records().size());
    Optional<Instant> later = Optional.empty();
    for (SourceRecord record : page.records()) {
      Instant at = cursor.value(record);
      if (at.equals(value)) {
        tied.add(record);
        later = Optional.empty(); // that one has changed between the search and the response
      } else if (at.isAfter(value)) {
        later = later.or(() -> Optional.of(at));
      } else if (at.isBefore(value.minus(TimeCursor.FILTER_PRECISION))) {
        throw cursor.unsorted(
            "%s is to be sorted by '%s', from %s on, but answers %s"
                .formatted(listing.request().path(), cursor.field(), value, at));
      }
    }
    return new TiedRecords(tied, later);
  }
}
