package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Walks a list that the source sorts by the cursor, ascending.
 *
 * <p>It does not continue by page number: an updated record moves to the end and pulls the others
 * forward, over the edge of a page that was already read. Each page is requested from the cursor
 * value at which the one before ended. The next link is followed only where a whole page has one
 * cursor value; such a {@linkplain TiedGroup group} is verified.
 *
 * <p>Links that are {@linkplain Pagination#isSteady steady} are followed, page by page.
 */
public final class AscendingWalk implements Walk {
  private static final int MOST_ATTEMPTS = 3;

  private final PageFetch fetch;
  private final Listing listing;
  private final TimeCursor cursor;
  private final CursorAnchor anchor;
  private final Set<Request> followed = new HashSet<>();
  private Optional<Request> request;
  private Optional<TiedGroup> group;

  /** Where the records of a cursor value ahead go on. */
  private final Optional<Crowd> crowd;

  /** The place that the last step has verified. */
  private Optional<Crowd> verified = Optional.empty();

  /** The rows with a page's last cursor value, until the next page confirms their place. */
  private List<Row> unconfirmed = List.of();

  /** Requests from the anchor that brought nothing new. */
  private int attempts;

  /**
   * @param from the cursor value to begin with, included; the beginning when empty
   * @param crowd a place among the records of that value or a later one, whose records up to there
   *     are not to be given
   */
  public AscendingWalk(
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Optional<Instant> from,
      Optional<Crowd> crowd) {
    this.fetch = fetch;
    this.listing = listing;
    this.cursor = cursor;
    this.anchor = new CursorAnchor(from);
    this.request = Optional.of(fromAnchor());
    this.crowd = crowd;
    this.group = crowd.filter(at -> from.equals(Optional.of(at.at()))).map(at -> group());
  }

  private TiedGroup group() {
    Instant value = anchor.value().orElseThrow();
    Listing from = cursor.from(listing, value);
    return listing.pagination().counter().isPresent()
        ? new CountedTies(
            fetch, from, cursor, value, anchor.given(), crowd.filter(at -> at.at().equals(value)))
        : new LinkedTies(fetch, from, cursor, value, anchor.given());
  }

  private Request fromAnchor() {
    return anchor
        .value()
        .map(value -> cursor.from(listing, value).request())
        .orElse(listing.request());
  }

  @Override
  public Optional<List<Row>> next() {
    verified = Optional.empty();
    if (group.isPresent()) {
      return Optional.of(inGroup(group.get()));
    }
    if (request.isEmpty()) {
      return Optional.empty();
    }
    Optional<Page> page = page(request.get());
    Optional<List<Row>> rows = page.flatMap(this::inOrder);
    if (page.isEmpty() || rows.isEmpty()) {
      beginAnew();
      return Optional.of(List.of());
    }
    List<Row> news = take(page.get(), rows.get());
    if (!news.isEmpty()) {
      attempts = 0;
    }
    return Optional.of(news);
  }

  /**
   * Returns empty when the link to the page may have expired; its records can be requested from the
   * anchor.
   */
  private Optional<Page> page(Request current) {
    try {
      return Optional.of(fetch.page(listing, current));
    } catch (ConnectorException e) {
      boolean mayHaveExpired =
          followed.contains(current)
              && e.kind() == ConnectorException.Kind.TRANSIENT
              && e.resumeAt().isEmpty();
      if (!mayHaveExpired || ++attempts == MOST_ATTEMPTS) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void beginAnew() {
    followed.clear();
    unconfirmed = List.of();
    request = Optional.of(fromAnchor());
  }

  private List<Row> take(Page page, List<Row> rows) {
    List<Row> news = new ArrayList<>();
    boolean confirms = !rows.isEmpty() || page.next().isEmpty();
    if (confirms) {
      news.addAll(anchor.give(unconfirmed));
      unconfirmed = List.of();
    }
    news.addAll(continueWith(page, rows));
    return news;
  }

  private List<Row> continueWith(Page page, List<Row> rows) {
    Optional<Instant> ahead = crowd.map(Crowd::at);
    if (ahead
        .filter(value -> rows.stream().anyMatch(row -> row.cursor().equals(value)))
        .isPresent()) {
      return goToCrowd(ahead.get(), rows);
    }
    if (page.next().isEmpty()) {
      request = Optional.empty();
      return anchor.give(rows);
    }
    Request next = page.next().get();
    if (listing.pagination().isSteady(next) || (rows.isEmpty() && anchor.value().isEmpty())) {
      return followSteadyLink(next, rows);
    }
    if (rows.isEmpty() || !anchor.isBefore(rows.getLast())) {
      group = Optional.of(group());
      return List.of();
    }
    List<Row> news = anchor.give(rows);
    request = Optional.of(fromAnchor());
    return news;
  }

  /**
   * Follows the link. Its page may show a record in the place that an older version had in the
   * list: a row counts only when one behind it is not older.
   */
  private List<Row> followSteadyLink(Request next, List<Row> rows) {
    if (!followed.add(next)) {
      throw repeated(next);
    }
    request = Optional.of(next);
    if (rows.isEmpty()) {
      return rows;
    }
    Instant last = rows.getLast().cursor();
    unconfirmed = rows.stream().filter(row -> row.cursor().equals(last)).toList();
    return anchor.give(rows.subList(0, rows.size() - unconfirmed.size()));
  }

  static ConnectorException repeated(Request next) {
    return ConnectorException.protocol(
        "A page of %s links to a page that was already read".formatted(next.path()));
  }

  /** Gives what is before the crowd, and goes on at its place. */
  private List<Row> goToCrowd(Instant value, List<Row> rows) {
    List<Row> news =
        anchor.give(rows.stream().filter(row -> row.cursor().isBefore(value)).toList());
    anchor.moveTo(value);
    group = Optional.of(group());
    return news;
  }

  private List<Row> inGroup(TiedGroup tied) {
    Optional<List<Row>> rows = tied.next();
    verified = tied.verified();
    if (rows.isEmpty()) {
      group = Optional.empty();
      tied.beyond().ifPresent(anchor::moveTo);
      request = tied.beyond().map(value -> fromAnchor());
    }
    return rows.orElse(List.of());
  }

  @Override
  public Optional<Crowd> crowd() {
    return verified;
  }

  /**
   * Returns the rows of a page from the anchor on. Returns empty when a row is out of order, as one
   * is that changed between the search and the response: the page is then requested again, and
   * refused when that does not help.
   */
  private Optional<List<Row>> inOrder(Page page) {
    List<Row> rows = new ArrayList<>(page.records().size());
    Optional<Instant> before =
        unconfirmed.isEmpty()
            ? anchor.value().map(value -> value.minus(TimeCursor.FILTER_PRECISION))
            : Optional.of(unconfirmed.getLast().cursor());
    for (var record : page.records()) {
      var row = new Row(record, cursor.value(record));
      if (before.isPresent() && row.cursor().isBefore(before.get())) {
        if (++attempts < MOST_ATTEMPTS) {
          return Optional.empty();
        }
        throw cursor.unsorted(
            "%s is to be sorted by '%s', from %s on, but %s comes after %s"
                .formatted(
                    listing.request().path(),
                    cursor.field(),
                    anchor.value().map(Instant::toString).orElse("the beginning"),
                    row.cursor(),
                    before.get()));
      }
      if (anchor.isAt(row) || anchor.isBefore(row)) {
        before = Optional.of(row.cursor());
        rows.add(row);
      }
    }
    return Optional.of(rows);
  }
}
