package dev.sluice.rest.strategy;

import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.walk.Segment;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of a list sorted by the cursor, descending, as one pass sees them: from the newest
 * record that existed when it began down to a lower limit. Records changed since then are at the
 * top and left out. Records dated far in the future always pass.
 *
 * <p>A pass that continues with a page checks that this page still begins no later than where the
 * pass stopped. Records that left the list may have pulled others onto the pages before it.
 */
final class DescendingPages {
  private final Listing listing;
  private final TimeCursor cursor;
  private final Optional<Instant> floor;
  private final Instant latestSane;
  private final Optional<Instant> place;
  private final Set<String> names;
  private Optional<Instant> newest;
  private Optional<Instant> oldest;
  private Optional<Instant> oldestBefore;

  /**
   * @param floor the lowest cursor value to read
   * @param newest the cursor value that the pass began with; empty when it begins now
   * @param place everything above this cursor value was delivered; empty when it begins now
   * @param names fingerprints of other records that were delivered
   */
  DescendingPages(
      Listing listing,
      TimeCursor cursor,
      Optional<Instant> floor,
      Optional<Instant> newest,
      Instant latestSane,
      Optional<Instant> place,
      Set<String> names) {
    this.listing = listing;
    this.cursor = cursor;
    this.floor = floor;
    this.newest = newest;
    this.latestSane = latestSane;
    this.place = place;
    this.names = names;
    this.oldest = place;
    this.oldestBefore = place;
  }

  Optional<Instant> newest() {
    return newest;
  }

  /** Returns the cursor value above which everything was delivered before. */
  Optional<Instant> place() {
    return place;
  }

  /**
   * Returns the cursor value down to which the second pass over the segment has come, or the first
   * while there is no other, counting only pages with records that existed when the way down began.
   * What has moved over an edge above it was found. It is not later than that of the place.
   */
  Optional<Instant> oldest() {
    return oldest;
  }

  /**
   * Returns whether the first page is not behind records that were not delivered. The list is
   * sorted: it is not when it begins above the place, or holds a record that was there before.
   */
  boolean isAnchored(Page first) {
    return first.records().stream()
        .anyMatch(
            record ->
                wasDelivered(cursor.value(record)) || names.contains(cursor.fingerprint(record)));
  }

  /** Returns what belongs to the way down. */
  Page inside(Page page, Segment.Pass pass) {
    oldestBefore = oldest;
    if (pass.begins() && pass.number() <= 2) {
      oldest = place;
    }
    List<SourceRecord> inside = new ArrayList<>(page.records().size());
    Optional<Instant> above = Optional.empty();
    for (SourceRecord record : page.records()) {
      Instant value = cursor.value(record);
      if (value.isAfter(latestSane)) {
        inside.add(record);
      } else if (!isNewer(value)) {
        requireOrder(above, value);
        above = Optional.of(value);
        if (!isBelow(value) && !wasDelivered(value)) {
          inside.add(record);
        }
      }
    }
    if (pass.number() <= 2) {
      oldest = above.filter(value -> !wasDelivered(value)).or(() -> oldest);
    }
    boolean isLast = above.filter(this::isBelow).isPresent();
    return isLast ? page.with(inside).withoutNext() : page.with(inside);
  }

  /** Goes back to before the last page, whose records could not be given. */
  void forgetLast() {
    oldest = oldestBefore;
  }

  private boolean wasDelivered(Instant value) {
    return place.filter(value::isAfter).isPresent();
  }

  private boolean isNewer(Instant value) {
    if (newest.isEmpty()) {
      newest = Optional.of(value);
    }
    return value.isAfter(newest.get());
  }

  private boolean isBelow(Instant value) {
    return floor.isPresent() && value.isBefore(floor.get());
  }

  private void requireOrder(Optional<Instant> above, Instant value) {
    if (above.isPresent() && value.isAfter(above.get())) {
      throw ConnectorException.protocol(
          "%s is to be sorted by '%s', newest first, but %s comes after %s"
              .formatted(listing.request().path(), cursor.field(), value, above.get()));
    }
  }
}
