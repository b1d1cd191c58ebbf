package dev.sluice.rest.strategy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.DeliveredKeys;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.RepeatBudget;
import dev.sluice.rest.walk.RepeatedWalk;
import dev.sluice.rest.walk.RepeatedWalk.Agreement;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a cdc table of a source that sorts by the cursor, newest first, and takes no lower bound:
 * from the top of the list down to a lookback before where the last pass began.
 *
 * <p>A record that changes meanwhile moves to the top, and is left to the next pass. The offset
 * moves when a pass is complete. A pass that is larger than a microbatch continues with the last
 * page it has read, so that records which moved over its edge are found, or with the first page
 * when more than a page of them moved. Several pages are read again until nothing new appears: a
 * record that disappears pulls all older ones forward. When a page fails, what came before it is
 * kept, and the next read begins with the same page, without what was delivered.
 */
@ConnectorApi
public final class NewestFirst {

  /** The offset is saved after this many pages, even if the microbatch has room. */
  private static final int MOST_PAGES = 25;

  private final ConnectorContext context;
  private final PageFetch fetch;
  private final Listing listing;
  private final TimeCursor cursor;
  private final Duration lookback;
  private final Duration futureTolerance;
  private final Function<SourceRecord, List<SourceRecord>> delivery;

  private NewestFirst(
      ConnectorContext context,
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Duration futureTolerance,
      Function<SourceRecord, List<SourceRecord>> delivery) {
    this.context = context;
    this.fetch = fetch;
    this.listing = listing;
    this.cursor = cursor;
    this.lookback = lookback;
    this.futureTolerance = futureTolerance;
    this.delivery = delivery;
  }

  /**
   * Reads a list that is sorted by its cursor, descending.
   *
   * @param lookback how far before the last pass each one looks for late records
   * @param options the table's; {@code future_tolerance_seconds} is taken from them
   */
  public static NewestFirst of(
      ConnectorContext context,
      ApiClient api,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Options options) {
    return of(context, api::page, listing, cursor, lookback, options);
  }

  static NewestFirst of(
      ConnectorContext context,
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Options options) {
    return new NewestFirst(
        context,
        fetch,
        listing.extracting(cursor.extractedFields()),
        cursor,
        lookback,
        options.get(Incremental.FUTURE_TOLERANCE_SECONDS),
        List::of);
  }

  /**
   * Delivers something else for each new record, such as its children. The function is called from
   * a thread of its own.
   */
  public NewestFirst delivering(Function<SourceRecord, List<SourceRecord>> delivery) {
    return new NewestFirst(context, fetch, listing, cursor, lookback, futureTolerance, delivery);
  }

  /**
   * Continues from {@code start} until the microbatch is full or the pass is complete.
   *
   * @param from where the first pass ends, included
   */
  public Offset read(Optional<Instant> from, Offset start, RecordEmitter out) {
    var position = start.as(NewestFirstOffset.class).orElse(NewestFirstOffset.NONE);
    Instant now = context.startedAt();
    boolean isSettled = position.isOfRun(now) || position.hasReached(now);
    if (position.underWay().isEmpty() && isSettled) {
      return start;
    }
    var pass = new Pass(position, from);
    pass.drain(out);
    return pass.end().orElse(start);
  }

  /** A new record, and what is delivered for it. */
  private record News(Instant value, String name, List<SourceRecord> records) {}

  /** One pass, or the part of it that a microbatch reads. */
  private final class Pass {
    private final NewestFirstOffset before;
    private final Instant began;
    private final DeliveredKeys known;
    private final DeliveredKeys memory;
    private final DescendingPages descent;
    private final Request first;
    private final Set<String> delivered;
    private final RepeatedWalk walk;
    private boolean hasNews;
    private boolean isCut;

    Pass(NewestFirstOffset before, Optional<Instant> from) {
      var underWay = before.underWay();
      this.before = before;
      this.began =
          underWay.map(NewestFirstOffset.Pass::run).map(Instant::parse).orElse(context.startedAt());
      this.known = before.delivered();
      this.memory = before.delivered();
      this.descent =
          new DescendingPages(
              fetch,
              cursor,
              before.reached().map(value -> value.minus(lookback)).or(() -> from),
              underWay.flatMap(NewestFirstOffset.Pass::top),
              context.startedAt().plus(futureTolerance),
              underWay.flatMap(pass -> pass.place(listing)));
      this.first = underWay.map(pass -> pass.page(listing)).orElse(listing.request());
      this.delivered = new HashSet<>(underWay.map(NewestFirstOffset.Pass::names).orElse(Set.of()));
      this.walk =
          new RepeatedWalk(
              descent,
              listing,
              first,
              delivered,
              record -> new Row(record, cursor.value(record)),
              cursor::fingerprint,
              Agreement.NOTHING_NEW);
    }

    void drain(RecordEmitter out) {
      var pace = new RepeatBudget(context);
      try (var pages = new ReadAhead<>(() -> walk.next().map(this::news))) {
        int count = 0;
        for (var page = next(pages); page.isPresent(); page = next(pages)) {
          page.get().forEach(news -> deliver(news, out));
          memory.shrink(Instant.MAX, Instant.MAX);
          count++;
          if (!out.wantsMore() || !pace.allowsToRepeat() || count == MOST_PAGES) {
            walk.stop();
          }
        }
      }
    }

    private Optional<List<News>> next(ReadAhead<List<News>> pages) {
      try {
        return pages.next();
      } catch (ConnectorException e) {
        if (!hasNews) {
          throw e;
        }
        isCut = true; // keep what was read; the next read meets the error again
        return Optional.empty();
      }
    }

    private List<News> news(List<Row> rows) {
      return rows.stream().flatMap(row -> news(row).stream()).toList();
    }

    private Optional<News> news(Row row) {
      String name = cursor.fingerprint(row.record());
      return known.contains(row.cursor(), name)
          ? Optional.empty()
          : Optional.of(new News(row.cursor(), name, delivery.apply(row.record())));
    }

    private void deliver(News news, RecordEmitter out) {
      hasNews = true;
      delivered.add(news.name());
      news.records().forEach(out::emit);
      if (mayComeAgain(news.value())) {
        memory.add(news.value(), news.name());
      }
    }

    private boolean mayComeAgain(Instant value) {
      return newestNow().filter(top -> value.isBefore(top.minus(lookback))).isEmpty();
    }

    /**
     * Returns the newest cursor value or the time the pass began, whichever is earlier: a later
     * record may be dated before one of the future.
     */
    private Optional<Instant> newestNow() {
      return descent.newest().map(value -> value.isAfter(began) ? began : value);
    }

    /** Returns the offset after this microbatch; empty when there was nothing to do. */
    Optional<Offset> end() {
      if (isCut) {
        // the pages so far were not confirmed: read them again, for what moved between them
        Optional<Instant> oldest =
            before.underWay().map(NewestFirstOffset.Pass::oldest).map(Instant::parse);
        return Optional.of(
            Offset.of(before.at(first, delivered, descent.newest(), oldest, began, memory)));
      }
      if (descent.hasSlipped()) {
        return Optional.of(at(listing.request(), Set.of()));
      }
      if (walk.lastPage().isPresent()) {
        return Optional.of(at(walk.lastPage().get(), walk.onLastPage()));
      }
      if (!hasNews && before.underWay().isEmpty()) {
        return Optional.empty();
      }
      Optional<Instant> until =
          newestNow()
              .filter(value -> before.reached().map(value::isAfter).orElse(true))
              .or(before::reached);
      until.ifPresent(value -> memory.forgetBefore(value.minus(lookback)));
      return Optional.of(Offset.of(NewestFirstOffset.complete(until, began, memory)));
    }

    private Offset at(Request page, Set<String> names) {
      return Offset.of(before.at(page, names, descent.newest(), descent.oldest(), began, memory));
    }
  }
}
