package dev.sluice.rest.strategy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.SourceClock;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.DeliveredKeys;
import dev.sluice.rest.walk.FingerprintSet;
import dev.sluice.rest.walk.FollowedPages;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.RepeatBudget;
import dev.sluice.rest.walk.Segment;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads a cdc table of a source that sorts by the cursor, newest first, and takes no lower bound:
 * from the top of the list down to a lookback before where the last pass began.
 *
 * <p>A record that changes meanwhile moves to the top, and is left to the next pass. The offset
 * moves when a pass is complete. A pass is read in {@linkplain Segment segments}: a record that
 * disappears pulls all older ones forward. Everything above the last verified cursor value is known
 * as delivered, wherever it has moved.
 */
@ConnectorApi
public final class NewestFirst {

  private static final Segment.Bounds BOUNDS = new Segment.Bounds(25, 20);

  /** A read ends after these, even if the microbatch has room. */
  private static final int MOST_SEGMENTS = 40;

  private final ConnectorContext context;
  private final SourceClock clock;
  private final PageFetch fetch;
  private final Listing listing;
  private final TimeCursor cursor;
  private final Duration lookback;
  private final Duration futureTolerance;
  private final Function<SourceRecord, List<SourceRecord>> delivery;

  private NewestFirst(
      ConnectorContext context,
      SourceClock clock,
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Duration futureTolerance,
      Function<SourceRecord, List<SourceRecord>> delivery) {
    this.context = context;
    this.clock = clock;
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
    // each page of a pass has to be seen, even one that has its tag still
    PageFetch pages = (list, page) -> api.page(list, page);
    return of(context, api.clock(), pages, listing, cursor, lookback, options);
  }

  static NewestFirst of(
      ConnectorContext context,
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Options options) {
    var clock = new SourceClock(context.clock());
    return of(context, clock, fetch, listing, cursor, lookback, options);
  }

  static NewestFirst of(
      ConnectorContext context,
      SourceClock clock,
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Options options) {
    return new NewestFirst(
        context,
        clock,
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
    return new NewestFirst(
        context, clock, fetch, listing, cursor, lookback, futureTolerance, delivery);
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
    Optional<NewestFirstOffset> reached = Optional.empty();
    var followed = new FollowedPages(listing);
    for (int segment = 1; ; segment++) {
      Optional<NewestFirstOffset> next =
          new Pass(reached.orElse(position), from, followed).read(out);
      reached = next;
      boolean isPassing = next.flatMap(NewestFirstOffset::underWay).isPresent();
      if (!isPassing || !out.wantsMore() || segment == MOST_SEGMENTS) {
        return next.map(Offset::of).orElse(start);
      }
      out.mark(Offset.of(next.get()));
    }
  }

  /** A new record, and what is delivered for it. */
  private record News(Instant value, String name, List<SourceRecord> records) {}

  /** One pass, or the segment of it that is read between two marks. */
  private final class Pass {
    private final NewestFirstOffset before;
    private final Instant began;
    private final DeliveredKeys known;
    private final DeliveredKeys memory;
    private final DescendingPages descent;
    private final RepeatBudget pace = new RepeatBudget(context);
    private final Segment<News> segment;
    private final List<News> delivered = new ArrayList<>();

    Pass(NewestFirstOffset before, Optional<Instant> from, FollowedPages followed) {
      var underWay = before.underWay();
      Set<String> names = underWay.map(NewestFirstOffset.Pass::names).orElse(Set.of());
      this.before = before;
      this.began =
          underWay.map(NewestFirstOffset.Pass::run).map(Instant::parse).orElse(context.startedAt());
      this.known = before.delivered();
      this.memory = before.delivered();
      this.descent =
          new DescendingPages(
              listing,
              cursor,
              before.reached().map(value -> value.minus(lookback)).or(() -> from),
              underWay.flatMap(NewestFirstOffset.Pass::top),
              context.startedAt().plus(futureTolerance),
              underWay.flatMap(NewestFirstOffset.Pass::bottom),
              names);
      this.segment =
          new Segment<>(
              fetch,
              listing,
              new Descent(),
              BOUNDS,
              new Segment.Start(
                  underWay.map(pass -> pass.page(listing)), FingerprintSet.of(names), followed));
    }

    /** The segment, from the newest record that existed when the pass began. */
    private final class Descent implements Segment.View<News> {
      @Override
      public Page of(Page page, Segment.Pass pass) {
        return descent.inside(page, pass);
      }

      @Override
      public boolean isAnchored(Page first) {
        return descent.isAnchored(first);
      }

      @Override
      public String name(SourceRecord record) {
        return cursor.fingerprint(record);
      }

      @Override
      public Optional<News> take(SourceRecord record) {
        Instant value = cursor.value(record);
        String name = name(record);
        return known.contains(value, name)
            ? Optional.empty()
            : Optional.of(new News(value, name, delivery.apply(record)));
      }

      @Override
      public void isNotGiven() {
        descent.forgetLast();
      }

      @Override
      public boolean hasTime() {
        return pace.allowsToRepeat();
      }
    }

    /** Returns the offset after this segment; empty when there was nothing to do. */
    Optional<NewestFirstOffset> read(RecordEmitter out) {
      try (var pages = new ReadAhead<>(segment::next)) {
        for (var page = pages.next(); page.isPresent(); page = pages.next()) {
          page.get().forEach(news -> deliver(news, out));
          memory.shrink(Instant.MAX, Instant.MAX);
          if (!out.wantsMore()) {
            segment.stop();
          }
        }
      } catch (ConnectorException e) {
        if (e.resumeAt().isPresent() && !delivered.isEmpty()) {
          out.mark(Offset.of(beginAgain()));
        }
        throw e;
      }
      if (!segment.isConfirmed()) {
        throw ConnectorException.transientFailure(
            "%s kept changing while it was read, %d times in a row"
                .formatted(listing.request().path(), BOUNDS.passes()));
      }
      return end();
    }

    private void deliver(News news, RecordEmitter out) {
      delivered.add(new News(news.value(), news.name(), List.of()));
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
     * record may be dated before one of the future. That time is of our clock or the source's,
     * whichever is behind.
     */
    private Optional<Instant> newestNow() {
      Instant latest = clock.earliest(began);
      return descent.newest().map(value -> value.isAfter(latest) ? latest : value);
    }

    /** Returns the place of this segment, without what was delivered of it but is not verified. */
    private NewestFirstOffset beginAgain() {
      var underWay = before.underWay();
      Stream<String> names =
          Stream.concat(
              underWay.map(NewestFirstOffset.Pass::names).orElse(Set.of()).stream(),
              delivered.stream().map(News::name));
      return before.at(
          underWay.map(pass -> pass.page(listing)).orElse(listing.request()),
          Names.last(names.distinct().toList()),
          descent.newest(),
          underWay.flatMap(NewestFirstOffset.Pass::bottom),
          began,
          memory);
    }

    private Optional<NewestFirstOffset> end() {
      if (segment.lastPage().isPresent()) {
        return Optional.of(
            before.at(
                segment.lastPage().get(),
                names(),
                descent.newest(),
                segment.hasRestarted() ? descent.place() : descent.oldest(),
                began,
                memory));
      }
      if (delivered.isEmpty() && before.underWay().isEmpty()) {
        return Optional.empty();
      }
      Optional<Instant> until =
          newestNow()
              .filter(value -> before.reached().map(value::isAfter).orElse(true))
              .or(before::reached);
      until.ifPresent(value -> memory.forgetBefore(value.minus(lookback)));
      return Optional.of(NewestFirstOffset.complete(until, began, memory));
    }

    /** Returns what was delivered and may be on the page to go on with, or behind it. */
    private List<String> names() {
      if (segment.hasRestarted()) {
        return List.of();
      }
      var below =
          delivered.stream()
              .filter(news -> descent.oldest().filter(news.value()::isAfter).isEmpty())
              .map(News::name);
      return Names.last(
          Stream.concat(below, segment.onLastPage().stream()).distinct().toList(), memory.room());
    }
  }
}
