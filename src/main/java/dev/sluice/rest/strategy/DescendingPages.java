package dev.sluice.rest.strategy;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of a list that is sorted by the cursor, descending, as one pass sees them: from the
 * newest record that was there when it began down to a floor. What has changed since is at the top,
 * and left out; what is dated absurdly far in the future is always let through.
 *
 * <p>A pass that goes on with a page makes sure that this page still begins no later than where the
 * pass has come to. Records that have left the list may have pulled others onto pages before it.
 */
final class DescendingPages implements PageFetch {

  /**
   * A page to go on with.
   *
   * @param oldest all above this cursor value was delivered
   * @param names fingerprints of the records on that page that were delivered
   */
  record Place(Request page, Instant oldest, Set<String> names) {}

  private final PageFetch fetch;
  private final TimeCursor cursor;
  private final Optional<Instant> floor;
  private final Instant latestSane;
  private final Optional<Place> place;
  private Optional<Instant> newest;
  private Optional<Instant> oldest;
  private boolean hasSlipped;

  /**
   * @param floor the least cursor value of interest
   * @param newest the cursor value that the pass began with; empty when it begins now
   * @param place where it goes on; empty when it begins now
   */
  DescendingPages(
      PageFetch fetch,
      TimeCursor cursor,
      Optional<Instant> floor,
      Optional<Instant> newest,
      Instant latestSane,
      Optional<Place> place) {
    this.fetch = fetch;
    this.cursor = cursor;
    this.floor = floor;
    this.newest = newest;
    this.latestSane = latestSane;
    this.place = place;
    this.oldest = place.map(Place::oldest);
  }

  Optional<Instant> newest() {
    return newest;
  }

  /**
   * The least cursor value that was fetched on this way down, as far as the list was as it is now:
   * that of the last page with records of before. No later than that of the place.
   */
  Optional<Instant> oldest() {
    return oldest;
  }

  /** Whether the page to go on with has moved past records that were not delivered yet. */
  boolean hasSlipped() {
    return hasSlipped;
  }

  @Override
  public Page page(Listing listing, Request request) {
    Page page = fetch.page(listing, request);
    if (place.filter(at -> hasSlipped(at, listing, request, page)).isPresent()) {
      hasSlipped = true;
      oldest = place.map(Place::oldest);
      return new Page(List.of(), Optional.empty());
    }
    if (request.equals(place.map(Place::page).orElse(listing.request()))) {
      oldest = place.map(Place::oldest); // a walk that begins anew
    }
    List<SourceRecord> inside = new ArrayList<>(page.records().size());
    Optional<Instant> above = Optional.empty();
    for (SourceRecord record : page.records()) {
      Instant value = cursor.value(record);
      if (value.isAfter(latestSane)) {
        inside.add(record);
      } else if (!isNewer(value)) {
        requireOrder(listing, above, value);
        above = Optional.of(value);
        if (!isBelow(value) && !wasDelivered(value)) {
          inside.add(record);
        }
      }
    }
    oldest = above.filter(value -> !wasDelivered(value)).or(() -> oldest);
    boolean isLast = above.filter(this::isBelow).isPresent();
    return new Page(inside, isLast ? Optional.empty() : page.next(), page.last());
  }

  /**
   * The list is sorted: what is not delivered yet is on that page or behind it when the page begins
   * above it, or holds a record that was there before.
   */
  private boolean hasSlipped(Place at, Listing listing, Request request, Page page) {
    return request.equals(at.page())
        && !request.equals(listing.request())
        && page.records().stream()
            .noneMatch(
                record ->
                    wasDelivered(cursor.value(record))
                        || at.names().contains(cursor.fingerprint(record)));
  }

  private boolean wasDelivered(Instant value) {
    return place.filter(at -> value.isAfter(at.oldest())).isPresent();
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
