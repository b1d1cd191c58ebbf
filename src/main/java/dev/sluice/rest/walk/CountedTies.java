package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.PageRef;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records of one cursor value on pages that are counted. They are read in {@linkplain Segment
 * segments}, small ones, so that an offset can hold what came since the last.
 */
final class CountedTies implements TiedGroup {
  /** So few pages that those between two places are remembered one by one. */
  private static final Segment.Bounds BOUNDS = new Segment.Bounds(6, 20);

  /** A place on a page with more of them is too large for an offset. */
  private static final int MOST_NAMES = 1_000;

  private final PageFetch fetch;
  private final Listing listing;
  private final TimeCursor cursor;
  private final Instant value;
  private final FollowedPages followed;
  private final Ties ties = new Ties();
  private Optional<Segment<Row>> segment;
  private Optional<Instant> beyond = Optional.empty();
  private Optional<Crowd> verified = Optional.empty();
  private FingerprintSet known;
  private int restarts;

  /**
   * Begins at the first of them, or where an offset says.
   *
   * @param listing all records, from this cursor value on
   * @param given fingerprints of those that are not to be given
   */
  CountedTies(
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Instant value,
      Set<String> given,
      Optional<Crowd> place) {
    this.fetch = fetch;
    this.listing = listing;
    this.cursor = cursor;
    this.value = value;
    this.followed = new FollowedPages(listing);
    this.known = place.map(Crowd::names).orElseGet(FingerprintSet::new);
    this.segment =
        Optional.of(
            place
                .map(at -> segment(Optional.of(listing.counted(at.page().in(listing))), at.names()))
                .orElseGet(() -> segment(Optional.empty(), FingerprintSet.of(given))));
  }

  private Segment<Row> segment(Optional<Request> page, FingerprintSet names) {
    return new Segment<>(fetch, listing, ties, BOUNDS, new Segment.Start(page, names, followed));
  }

  @Override
  public Optional<List<Row>> next() {
    verified = Optional.empty();
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Row>> rows = segment.get().next();
    if (rows.isEmpty()) {
      segment = after(segment.get());
      return Optional.of(List.of());
    }
    return rows;
  }

  private Optional<Segment<Row>> after(Segment<Row> ended) {
    restarts += ended.hasRestarted() ? 1 : 0;
    if (!ended.isConfirmed() || restarts == BOUNDS.passes()) {
      throw TiedGroup.changing(BOUNDS.passes());
    }
    List<String> names = ended.onLastPage();
    known = FingerprintSet.of(names);
    verified =
        names.size() <= MOST_NAMES
            ? Optional.of(new Crowd(value, PageRef.of(ended.end()), names))
            : Optional.empty();
    return ended.lastPage().map(page -> segment(Optional.of(page), FingerprintSet.of(names)));
  }

  /** Returns the least that was met: what has it may move forward, too. */
  @Override
  public Optional<Instant> beyond() {
    return beyond;
  }

  @Override
  public Optional<Crowd> verified() {
    return verified;
  }

  /** The records at the cursor value. Those behind it end the group. */
  private final class Ties implements Segment.View<Row> {
    @Override
    public Page of(Page page, Segment.Pass pass) {
      TiedRecords tied = TiedRecords.of(page, listing, cursor, value);
      Optional<Instant> later = tied.later();
      if (beyond.isEmpty() || later.filter(beyond.get()::isAfter).isPresent()) {
        beyond = later;
      }
      Page inside = page.with(tied.records());
      return later.isPresent() ? inside.withoutNext() : inside;
    }

    @Override
    public boolean isAnchored(Page first) {
      return known.size() == 0
          || first.records().stream().anyMatch(record -> known.contains(name(record)));
    }

    /** What is missed here is behind the cursor for good. */
    @Override
    public boolean isExact() {
      return true;
    }

    /** Another content is another version, whatever the key and the cursor are. */
    @Override
    public String name(SourceRecord record) {
      return Fingerprints.ofContent(record);
    }

    @Override
    public Optional<Row> take(SourceRecord record) {
      return Optional.of(new Row(record, value));
    }
  }
}
