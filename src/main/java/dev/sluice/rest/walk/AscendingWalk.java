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
 * cursor value. Such a group is walked until two passes in a row saw the same records: a record
 * that slipped over an edge in one pass makes the next one differ.
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
  private Optional<TiedGroup> group = Optional.empty();

  /** The rows with a page's last cursor value, until the next page confirms their place. */
  private List<Row> unconfirmed = List.of();

  /** Requests from the anchor that brought nothing new. */
  private int attempts;

  public AscendingWalk(
      PageFetch fetch, Listing listing, TimeCursor cursor, Optional<Instant> from) {
    this.fetch = fetch;
    this.listing = listing;
    this.cursor = cursor;
    this.anchor = new CursorAnchor(from);
    this.request = Optional.of(fromAnchor());
  }

  private Request fromAnchor() {
    return anchor
        .value()
        .map(value -> cursor.from(listing, value).request())
        .orElse(listing.request());
  }

  @Override
  public Optional<List<Row>> next() {
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
    group.ifPresent(TiedGroup::startNextPass);
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
    if (group.isPresent()) {
      return inGroup(group.get(), page, rows);
    }
    if (page.next().isEmpty()) {
      request = Optional.empty();
      return anchor.give(rows);
    }
    Request next = page.next().get();
    if (listing.pagination().isSteady(next)) {
      return followSteadyLink(next, rows);
    }
    if (rows.isEmpty() || !anchor.isBefore(rows.getLast())) {
      return inGroup(open(), page, rows);
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

  private TiedGroup open() {
    var opened = new TiedGroup(listing);
    group = Optional.of(opened);
    return opened;
  }

  /** Gives only rows at the anchor: later rows may have moved while the group was paged. */
  private List<Row> inGroup(TiedGroup pass, Page page, List<Row> rows) {
    List<Row> tied = rows.stream().filter(anchor::isAt).toList();
    tied.stream().map(row -> cursor.fingerprint(row.record())).forEach(pass::saw);
    List<Row> news = anchor.give(tied);
    Optional<Instant> beyond = rows.stream().map(Row::cursor).skip(tied.size()).findFirst();
    Optional<Request> next = pass.after(request.orElseThrow(), page);
    if (beyond.isEmpty() && next.isPresent()) {
      request = Optional.of(pass.follow(next.get()));
    } else if (pass.agreesWithPreviousPass(beyond)) {
      group = Optional.empty();
      beyond.ifPresent(anchor::moveTo);
      request = beyond.map(value -> fromAnchor());
    } else {
      beginAnew();
    }
    return news;
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
