package dev.sluice.rest;

import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A walk through a listing that the source sorts by the cursor, ascending.
 *
 * <p>It does not go on by page number: records that are updated move to the end and pull the others
 * forward, over the edge of a page that was already read. Each page is asked for anew, from the
 * cursor value where the one before ended. Only where a whole page shares one value is the next
 * link followed, and such a group is walked until two passes in a row saw the same: a record that
 * slipped over an edge in one pass makes the next one differ.
 */
final class AscendingWalk implements Walk {
  private static final int MOST_PASSES = 20;
  private static final int MOST_DISORDERS = 3;

  private final PageFetch fetch;
  private final Listing listing;
  private final TimeCursor cursor;
  private final Set<String> givenAtAnchor = new HashSet<>();
  private Optional<Instant> anchor;
  private Optional<Request> request;
  private Optional<Group> group = Optional.empty();
  private int disorders;

  AscendingWalk(PageFetch fetch, Listing listing, TimeCursor cursor, Optional<Instant> from) {
    this.fetch = fetch;
    this.listing = listing;
    this.cursor = cursor;
    this.anchor = from;
    this.request = Optional.of(from.map(this::from).orElse(listing.request()));
  }

  private Request from(Instant value) {
    return cursor.from(listing, value).request();
  }

  @Override
  public Optional<List<Row>> next() {
    if (request.isEmpty()) {
      return Optional.empty();
    }
    Page page = fetch.page(listing, request.get());
    Optional<List<Row>> rows = inOrder(page);
    if (rows.isEmpty()) {
      group.ifPresent(Group::again);
      request = Optional.of(fromAnchor());
      return Optional.of(List.of());
    }
    return Optional.of(
        group.isPresent() ? inGroup(group.get(), page, rows.get()) : onward(page, rows.get()));
  }

  private Request fromAnchor() {
    return anchor.map(this::from).orElse(listing.request());
  }

  private List<Row> onward(Page page, List<Row> rows) {
    if (page.next().isEmpty()) {
      request = Optional.empty();
      return notGiven(rows);
    }
    boolean moved =
        !rows.isEmpty() && (anchor.isEmpty() || rows.getLast().cursor().isAfter(anchor.get()));
    if (!moved) {
      return inGroup(open(), page, rows);
    }
    List<Row> news = notGiven(rows);
    moveTo(rows.getLast().cursor());
    rows.stream().filter(this::isAtAnchor).map(this::fingerprint).forEach(givenAtAnchor::add);
    return news;
  }

  private Group open() {
    var opened = new Group();
    group = Optional.of(opened);
    return opened;
  }

  /** Gives only rows at the anchor: what lies beyond may have moved while the group was paged. */
  private List<Row> inGroup(Group pass, Page page, List<Row> rows) {
    List<Row> tied = rows.stream().filter(this::isAtAnchor).toList();
    List<Row> news = notGiven(tied);
    tied.stream().map(this::fingerprint).forEach(pass.seen::add);
    tied.stream().map(this::fingerprint).forEach(givenAtAnchor::add);
    Optional<Row> beyond = rows.stream().filter(row -> !isAtAnchor(row)).findFirst();
    if (beyond.isEmpty() && page.next().isPresent()) {
      request = Optional.of(pass.follow(page.next().get()));
    } else {
      pass.beyond = beyond.map(this::fingerprint);
      if (pass.confirmsThePassBefore()) {
        group = Optional.empty();
        request = Optional.empty();
        beyond.map(Row::cursor).ifPresent(this::moveTo);
      } else {
        pass.again();
        request = Optional.of(fromAnchor());
      }
    }
    return news;
  }

  private void moveTo(Instant value) {
    anchor = Optional.of(value);
    givenAtAnchor.clear();
    disorders = 0;
    request = Optional.of(from(value));
  }

  private boolean isAtAnchor(Row row) {
    return anchor.isPresent() && row.cursor().equals(anchor.get());
  }

  private String fingerprint(Row row) {
    return cursor.fingerprint(row.record());
  }

  private List<Row> notGiven(List<Row> rows) {
    return givenAtAnchor.isEmpty()
        ? rows
        : rows.stream()
            .filter(row -> !isAtAnchor(row) || !givenAtAnchor.contains(fingerprint(row)))
            .toList();
  }

  /**
   * The rows of a page from the anchor on. Empty when one is out of order, as one is that changed
   * between the search and the answer: the page is asked for anew, and refused only when that does
   * not help.
   */
  private Optional<List<Row>> inOrder(Page page) {
    List<Row> rows = new ArrayList<>(page.records().size());
    Optional<Instant> before = anchor.map(value -> value.minus(CursorListing.FILTER_PRECISION));
    for (var record : page.records()) {
      var row = new Row(record, cursor.value(record));
      if (before.isPresent() && row.cursor().isBefore(before.get())) {
        disorders++;
        if (disorders < MOST_DISORDERS) {
          return Optional.empty();
        }
        throw ConnectorException.protocol(
            "%s is to be sorted by '%s', from %s on, but %s comes after %s"
                .formatted(
                    listing.request().path(),
                    cursor.field(),
                    anchor.map(Instant::toString).orElse("the beginning"),
                    row.cursor(),
                    before.get()));
      }
      if (anchor.isEmpty() || !row.cursor().isBefore(anchor.get())) {
        before = Optional.of(row.cursor());
        rows.add(row);
      }
    }
    return Optional.of(rows);
  }

  /** The records of one cursor value that fill more than a page, in the current pass. */
  private static final class Group {
    private final Set<String> seen = new HashSet<>();
    private final Set<Request> followed = new HashSet<>();
    private Optional<String> beyond = Optional.empty();
    private Optional<Set<String>> seenBefore = Optional.empty();
    private Optional<String> beyondBefore = Optional.empty();
    private int passes;

    Request follow(Request next) {
      if (!followed.add(next)) {
        throw ConnectorException.protocol(
            "A page of %s links to a page that was already read".formatted(next.path()));
      }
      return next;
    }

    boolean confirmsThePassBefore() {
      return seenBefore.equals(Optional.of(seen)) && beyondBefore.equals(beyond);
    }

    void again() {
      passes++;
      if (passes == MOST_PASSES) {
        throw ConnectorException.transientFailure(
            "The records of one cursor value kept changing while they were read, %d times in a row"
                .formatted(MOST_PASSES));
      }
      seenBefore = Optional.of(Set.copyOf(seen));
      beyondBefore = beyond;
      seen.clear();
      followed.clear();
    }
  }
}
