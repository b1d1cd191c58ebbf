package dev.sluice.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole listing, over as many microbatches as it takes. Each begins with the last page of
 * the one before, so that records which moved over its edge in between are not lost.
 */
public final class Snapshot {
  private final PageFetch fetch;
  private final Listing listing;
  private final PrimaryKey key;

  private Snapshot(PageFetch fetch, Listing listing, PrimaryKey key) {
    this.fetch = fetch;
    this.listing = listing;
    this.key = key;
  }

  /**
   * Reads a listing.
   *
   * @param key tells records apart: one that comes up on two pages is delivered once
   */
  public static Snapshot of(ApiClient api, Listing listing, PrimaryKey key) {
    return of(api::page, listing, key);
  }

  static Snapshot of(PageFetch fetch, Listing listing, PrimaryKey key) {
    return new Snapshot(fetch, listing, key);
  }

  /**
   * A place in the listing.
   *
   * @param path of the last page that was read; absent once all were
   * @param seen fingerprints of that page's records
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Place(
      String state,
      @Nullable String path,
      @Nullable List<Request.Parameter> query,
      @Nullable List<String> seen) {

    static final String COMPLETE = "complete";
    static final String READING = "reading";

    static Place complete() {
      return new Place(COMPLETE, null, null, null);
    }

    static Place at(Request page, Set<String> seen) {
      return new Place(READING, page.path(), page.query(), seen.stream().sorted().toList());
    }
  }

  /** Goes on from {@code start} until the microbatch is full or the listing has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    Optional<Place> place = start.as(Place.class);
    if (place.map(Place::state).equals(Optional.of(Place.COMPLETE))) {
      return start;
    }
    RepeatedWalk walk =
        walk(
            place.map(this::page).orElse(listing.request()),
            place.map(Place::seen).map(Set::copyOf).orElse(Set.of()));
    drain(walk, out);
    return Offset.of(
        walk.lastPage().map(page -> Place.at(page, walk.onLastPage())).orElse(Place.complete()));
  }

  /** The whole listing at once, for one that is short. */
  public List<SourceRecord> records() {
    var records = new ArrayList<SourceRecord>();
    RepeatedWalk walk = walk(listing.request(), Set.of());
    for (var rows = walk.next(); rows.isPresent(); rows = walk.next()) {
      rows.get().forEach(row -> records.add(row.record()));
    }
    return records;
  }

  private RepeatedWalk walk(Request first, Set<String> given) {
    return new RepeatedWalk(
        fetch,
        listing,
        first,
        given,
        record -> new Row(record, Instant.MIN),
        this::fingerprint,
        RepeatedWalk.Agreement.SAME_RECORDS);
  }

  private Request page(Place place) {
    if (place.path() == null) {
      throw ConnectorException.configuration(
          "A saved offset names no page; begin the table again with 'state reset'");
    }
    return new Request(
        listing.request().method(),
        place.path(),
        Optional.ofNullable(place.query()).orElse(List.of()),
        listing.request().body());
  }

  private static void drain(RepeatedWalk walk, RecordEmitter out) {
    try (var pages = new Ahead<>(walk::next)) {
      for (var rows = pages.next(); rows.isPresent(); rows = pages.next()) {
        rows.get().forEach(row -> out.emit(row.record()));
        if (!out.wantsMore()) {
          walk.stop();
        }
      }
    }
  }

  private String fingerprint(SourceRecord record) {
    return Fingerprints.of(record, key.fields());
  }
}
