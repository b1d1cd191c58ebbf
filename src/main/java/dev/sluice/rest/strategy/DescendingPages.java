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
 * The pages of a list sorted by the cursor, descending, as one pass sees them: from the newest
 * record that existed when it began down to a lower limit. Records changed since then are at the
 * top and left out. Records dated far in the future always pass.
 *
 * <p>A pass that continues with a page checks that this page still begins no later than where the
 * pass stopped. Records that left the list may have pulled others onto the pages before it.
 */
final class DescendingPages implements PageFetch {

  /**
   * A page to continue with.
   *
   * @param oldest everything above this cursor value was delivered
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
   * @param floor the lowest cursor value to read
   * @param newest the cursor value that the pass began with; empty when it begins now
   * @param place where it continues; empty when it begins now
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
   * Returns the lowest cursor value fetched by this pass, counting only pages with records that
   * existed when it began. It is not later than that of the place.
   */
  Optional<Instant> oldest() {
    return oldest;
  }

  /** Returns whether the page to continue with has moved past records that were not delivered. */
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
      oldest = place.map(Place::oldest); // the walk starts again
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
   * Compares the page with the place. The list is sorted: undelivered records are on that page or
   * after it when the page begins above the place, or holds a record that was there before.
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
