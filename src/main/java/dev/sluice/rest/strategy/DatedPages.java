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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * The pages of a list without the records that cannot be placed in it, because their cursor is
 * missing or is no timestamp. Those are kept aside, for a reader on another thread.
 */
final class DatedPages implements PageFetch {
  private final PageFetch fetch;
  private final TimeCursor cursor;
  private final Predicate<Instant> leftOut;
  private final Queue<SourceRecord> undated = new ConcurrentLinkedQueue<>();
  private volatile Optional<SourceRecord> firstUndated = Optional.empty();
  private volatile boolean hasDated;

  /**
   * @param leftOut cursor values of records that are left out
   */
  DatedPages(PageFetch fetch, TimeCursor cursor, Predicate<Instant> leftOut) {
    this.fetch = fetch;
    this.cursor = cursor;
    this.leftOut = leftOut;
  }

  @Override
  public Page page(Listing listing, Request request) {
    Page page = fetch.page(listing, request);
    List<SourceRecord> kept = new ArrayList<>(page.records().size());
    for (SourceRecord record : page.records()) {
      Optional<Instant> value = cursor.find(record);
      hasDated |= value.isPresent();
      if (value.isEmpty()) {
        undated.add(record);
        firstUndated = firstUndated.or(() -> Optional.of(record));
      } else if (!leftOut.test(value.get())) {
        kept.add(record);
      }
    }
    return page.with(kept);
  }

  /** Takes the next record that was kept aside. */
  Optional<SourceRecord> takeUndated() {
    return Optional.ofNullable(undated.poll());
  }

  /** Returns whether a record with a cursor was seen. */
  boolean hasDated() {
    return hasDated;
  }

  /**
   * Requires that a record with a cursor was seen, if there was any record at all.
   *
   * @throws ConnectorException of kind {@code PROTOCOL} when no record can be placed
   */
  void requireDated() {
    if (!hasDated && firstUndated.isPresent()) {
      SourceRecord first = firstUndated.get();
      throw ConnectorException.protocol(
          "None of the records can be placed; the first is %s: %s"
              .formatted(cursor.identify(first), cursor.fault(first)));
    }
  }
}
