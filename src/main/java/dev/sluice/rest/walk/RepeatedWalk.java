package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Walks a list in the order in which the source gives it. Several pages that may shift are walked
 * until a pass agrees with the one before. Remembers a fingerprint of every record.
 *
 * <p>{@link #stop} may be called from another thread than {@link #next}.
 */
public final class RepeatedWalk implements Walk {
  private static final int MOST_PASSES = 20;

  /** The condition under which a pass agrees with those before. */
  public enum Agreement {
    /** The pass saw the same records as the one before. */
    SAME_RECORDS,
    /**
     * The pass saw no new record, and the list continued behind it as before: for lists that lose
     * records all the time. When such a list suddenly ends, unread records may have moved forward.
     */
    NOTHING_NEW
  }

  private final PageFetch fetch;
  private final Listing listing;
  private final Request first;
  private final Function<SourceRecord, Row> row;
  private final Function<SourceRecord, String> fingerprint;
  private final Agreement agreement;
  private final Set<String> given;
  private final Set<String> givenBefore;
  private FollowedPages followed;
  private Set<String> seen = new HashSet<>();
  private Optional<Set<String>> seenBefore = Optional.empty();
  private boolean wentOnBefore;
  private Optional<Request> request;
  private Optional<Request> last = Optional.empty();
  private Set<String> onLastPage = Set.of();
  private int pages;
  private int mostPages = Integer.MAX_VALUE;
  private int passes;
  private boolean isNew;
  private boolean metGiven;
  private boolean steady = true;
  private volatile boolean stopping;

  /**
   * @param first the page to begin with
   * @param given fingerprints of records that are not to be given
   */
  public RepeatedWalk(
      PageFetch fetch,
      Listing listing,
      Request first,
      Set<String> given,
      Function<SourceRecord, Row> row,
      Function<SourceRecord, String> fingerprint,
      Agreement agreement) {
    this.fetch = fetch;
    this.listing = listing;
    this.first = first;
    this.given = new HashSet<>(given);
    this.givenBefore = Set.copyOf(given);
    this.row = row;
    this.fingerprint = fingerprint;
    this.agreement = agreement;
    this.followed = new FollowedPages(listing);
    this.request = Optional.of(first);
  }

  @Override
  public Optional<List<Row>> next() {
    if (request.isEmpty()) {
      return Optional.empty();
    }
    Request current = request.get();
    Page page = fetch.page(listing, followed.follow(current));
    pages++;
    List<Row> news = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SourceRecord record : page.records()) {
      String name = fingerprint.apply(record);
      names.add(name);
      metGiven |= givenBefore.contains(name);
      if (given.add(name)) {
        news.add(row.apply(record));
      }
    }
    seen.addAll(names);
    isNew |= !news.isEmpty();
    if (stopping && passes == 0 && mostPages == Integer.MAX_VALUE) {
      mostPages = pages;
    }
    Optional<Request> next = followed.after(current, page);
    if (next.isPresent() && pages < mostPages) {
      request = next;
      steady &= listing.pagination().isSteady(next.get());
    } else {
      last = next.map(more -> current);
      onLastPage = names;
      request = passEnded();
    }
    return Optional.of(news);
  }

  private Optional<Request> passEnded() {
    if (steady || agrees()) {
      return Optional.empty();
    }
    passes++;
    if (passes == MOST_PASSES) {
      throw ConnectorException.transientFailure(
          "%s kept changing while it was read, %d times in a row"
              .formatted(listing.request().path(), MOST_PASSES));
    }
    seenBefore = Optional.of(seen);
    wentOnBefore = last.isPresent();
    seen = new HashSet<>();
    isNew = false;
    followed = new FollowedPages(listing);
    pages = 0;
    return Optional.of(first);
  }

  private boolean agrees() {
    return switch (agreement) {
      case SAME_RECORDS -> seenBefore.equals(Optional.of(seen));
      case NOTHING_NEW -> seenBefore.isPresent() && !isNew && wentOnBefore == last.isPresent();
    };
  }

  /** Ends the walk after the next page, and after the pages so far have been confirmed. */
  public void stop() {
    stopping = true;
  }

  /**
   * Returns, after the end, whether none of the records to be left out came up although the list
   * may have shifted by more than a page. What lay between may then never have been read.
   */
  public boolean hasSlipped() {
    return !givenBefore.isEmpty() && !metGiven && !listing.pagination().isSteady(first);
  }

  /**
   * Returns, after the end, the page to continue with, which was read; empty when there are no
   * more.
   */
  public Optional<Request> lastPage() {
    return last;
  }

  /** Returns, after the end, the records of that page. */
  public Set<String> onLastPage() {
    return onLastPage;
  }
}
