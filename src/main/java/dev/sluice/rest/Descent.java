package dev.sluice.rest;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages of a list that is sorted by the cursor, descending, as one pass sees them: from the
 * newest record that was there when it began down to a floor. What has changed since is at the top,
 * and left out; what is dated absurdly far in the future is always let through.
 */
final class Descent implements PageFetch {
  private final PageFetch fetch;
  private final TimeCursor cursor;
  private final Optional<Instant> floor;
  private final Instant latestSane;
  private Optional<Instant> newest;

  /**
   * @param floor the least cursor value of interest
   * @param newest the cursor value that the pass began with; empty when it begins now
   */
  Descent(
      PageFetch fetch,
      TimeCursor cursor,
      Optional<Instant> floor,
      Optional<Instant> newest,
      Instant latestSane) {
    this.fetch = fetch;
    this.cursor = cursor;
    this.floor = floor;
    this.newest = newest;
    this.latestSane = latestSane;
  }

  Optional<Instant> newest() {
    return newest;
  }

  @Override
  public Page page(Listing listing, Request request) {
    Page page = fetch.page(listing, request);
    List<SourceRecord> inside = new ArrayList<>(page.records().size());
    Optional<Instant> above = Optional.empty();
    for (SourceRecord record : page.records()) {
      Instant value = cursor.value(record);
      if (value.isAfter(latestSane)) {
        inside.add(record);
      } else if (!isNewer(value)) {
        requireOrder(listing, above, value);
        above = Optional.of(value);
        if (!isBelow(value)) {
          inside.add(record);
        }
      }
    }
    boolean isLast = above.filter(this::isBelow).isPresent();
    return new Page(inside, isLast ? Optional.empty() : page.next(), page.last());
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

  private void requireOrder(Listing listing, Optional<Instant> above, Instant value) {
    if (above.isPresent() && value.isAfter(above.get())) {
      throw ConnectorException.protocol(
          "%s is to be sorted by '%s', newest first, but %s comes after %s"
              .formatted(listing.request().path(), cursor.field(), value, above.get()));
    }
  }
}
