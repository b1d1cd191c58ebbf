package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Records of one cursor value on pages that only links lead to. Their order may be another with
 * each first page, so they are read pass after pass, until two passes agree.
 */
final class LinkedTies implements TiedGroup {
  private static final int MOST_PASSES = 20;

  /**
   * What a pass saw.
   *
   * @param sum of the fingerprints
   */
  private record Seen(int records, long sum, Optional<Instant> beyond) {}

  private final PageFetch fetch;
  private final Listing listing;
  private final TimeCursor cursor;
  private final Instant value;
  private final FingerprintSet given;
  private FollowedPages followed;
  private Optional<Request> request;
  private FingerprintSet seen = new FingerprintSet();
  private long sum;
  private Optional<Seen> before = Optional.empty();
  private Optional<Instant> beyond = Optional.empty();
  private int passes;

  /**
   * @param listing all records, from this cursor value on
   * @param given fingerprints of those that are not to be given
   */
  LinkedTies(
      PageFetch fetch, Listing listing, TimeCursor cursor, Instant value, Set<String> given) {
    this.fetch = fetch;
    this.listing = listing;
    this.cursor = cursor;
    this.value = value;
    this.given = FingerprintSet.of(given);
    this.followed = new FollowedPages(listing);
    this.request = Optional.of(listing.request());
  }

  @Override
  public Optional<List<Row>> next() {
    if (request.isEmpty()) {
      return Optional.empty();
    }
    Request current = request.get();
    Page page = fetch.page(listing, current);
    TiedRecords tied = TiedRecords.of(page, listing, cursor, value);
    Optional<Request> next = followed.after(current, page);
    if (tied.later().isEmpty() && next.isPresent()) {
      request = Optional.of(followed.follow(next.get()));
      return Optional.of(take(tied.records()));
    }
    List<Row> news = take(tied.records());
    endPass(tied.later());
    return Optional.of(news);
  }

  /** Another content is another version, whatever the key and the cursor are. */
  private List<Row> take(List<SourceRecord> records) {
    List<Row> news = new ArrayList<>();
    for (SourceRecord record : records) {
      String name = Fingerprints.ofContent(record);
      if (seen.add(name)) {
        sum += Fingerprints.spread(name);
      }
      if (given.add(name)) {
        news.add(new Row(record, value));
      }
    }
    return news;
  }

  private void endPass(Optional<Instant> later) {
    beyond = later;
    var saw = Optional.of(new Seen(seen.size(), sum, later));
    if (saw.equals(before)) {
      request = Optional.empty();
      return;
    }
    passes++;
    if (passes == MOST_PASSES) {
      throw TiedGroup.changing(MOST_PASSES);
    }
    before = saw;
    seen = new FingerprintSet();
    sum = 0;
    followed = new FollowedPages(listing);
    request = Optional.of(listing.request());
  }

  @Override
  public Optional<Instant> beyond() {
    return beyond;
  }

  @Override
  public Optional<Crowd> verified() {
    return Optional.empty();
  }
}
