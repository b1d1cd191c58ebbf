package dev.sluice.rest;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The three ways to read what is new since an offset. None of them loses a record, whatever the
 * page size, the cap, or the records that share a timestamp, and although the source changes
 * meanwhile.
 *
 * <p>A record comes a second time only where a lookback holds more than an offset can remember, and
 * never in a table that is appended to.
 */
public final class Incremental {

  public static final Option<Duration> LOOKBACK_SECONDS =
      Option.seconds(
              "lookback_seconds",
              "How far before the cursor each invocation looks for records that became visible late")
          .withDefault(Duration.ZERO);

  public static final Option<Duration> WINDOW_SECONDS =
      Option.seconds("window_seconds", "The span of time that one query of this table covers");

  public static final Option<Duration> FUTURE_TOLERANCE_SECONDS =
      Option.seconds(
              "future_tolerance_seconds",
              "A record dated further than this after now is delivered but does not move the cursor")
          .withDefault(Duration.ofHours(24));

  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);

  private final ConnectorContext context;
  private final PageFetch fetch;
  private final Listing listing;
  private final TimeCursor cursor;
  private final Duration lookback;
  private final Duration futureTolerance;

  private Incremental(
      ConnectorContext context,
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Duration futureTolerance) {
    this.context = context;
    this.fetch = fetch;
    this.listing = listing;
    this.cursor = cursor;
    this.lookback = lookback;
    this.futureTolerance = futureTolerance;
  }

  /**
   * Reads a listing by its cursor.
   *
   * @param lookback how far before the cursor each invocation looks for late records
   * @param options the table's; {@code future_tolerance_seconds} is taken from them
   */
  public static Incremental of(
      ConnectorContext context,
      ApiClient api,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Options options) {
    return of(context, api::page, listing, cursor, lookback, options);
  }

  static Incremental of(
      ConnectorContext context,
      PageFetch fetch,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Options options) {
    return new Incremental(
        context, fetch, listing, cursor, lookback, options.get(FUTURE_TOLERANCE_SECONDS));
  }

  /**
   * <em>Limit on the fly</em>, for cdc tables: pages of a list sorted by the cursor, ascending,
   * until the microbatch is full. Where a lookback holds more than an offset can remember and
   * something in it is new, it is delivered again as a whole.
   *
   * @param from where the first read begins, included
   */
  public Offset limitOnTheFly(Optional<Instant> from, Offset start, RecordEmitter out) {
    return readOn(listing, from, Repetition.ALLOWED, start, out);
  }

  /**
   * <em>Limit before fetch</em>, for append tables: the source itself is told how many records to
   * answer, and whole answers are delivered. No record comes twice; a lookback reaches no further
   * back than an offset can remember.
   *
   * @param limitParameter the query parameter that takes the limit
   */
  public Offset limitBeforeFetch(
      String limitParameter, int limit, Offset start, RecordEmitter out) {
    return readOn(
        listing.with(limitParameter, Integer.toString(limit)),
        Optional.empty(),
        Repetition.NEVER,
        start,
        out);
  }

  private Offset readOn(
      Listing listing,
      Optional<Instant> from,
      Repetition repetition,
      Offset start,
      RecordEmitter out) {
    ReadProgress progress = progress(repetition, start);
    if (progress.hasReached(context.startedAt())) {
      return start;
    }
    Function<Instant, Walk> walkFrom = value -> ascending(listing, Optional.of(value));
    Optional<Instant> begin = Lookback.begin(progress, repetition, cursor, walkFrom);
    if (drain(ascending(listing, begin.or(() -> from)), progress, out)) {
      progress.complete();
    }
    return progress.hasEmitted() ? progress.offset() : start;
  }

  /**
   * <em>Sliding window</em>: one span of time after the other, half-open, the last one ending at
   * the second in which the invocation started. A window without records moves the offset, too.
   * Records of a source that sorts are delivered page by page, those of one that does not a window
   * at a time.
   *
   * @param repetition what becomes of a lookback that holds more than an offset can remember
   * @param from where the first read begins, included
   * @param oldest about where the source's oldest record lies; asked only when a first read has no
   *     other beginning, and its first window is then open towards the past; empty for an empty
   *     table
   */
  public Offset slidingWindow(
      Duration span,
      Repetition repetition,
      Optional<Instant> from,
      Supplier<Optional<Instant>> oldest,
      Offset start,
      RecordEmitter out) {
    if (!cursor.hasWindow()) {
      throw new IllegalArgumentException("A window needs a cursor with both bounds");
    }
    if (span.compareTo(SHORTEST_WINDOW) < 0) {
      throw ConnectorException.configuration(
          "Option '%s' is %d; a window has a second at least"
              .formatted(WINDOW_SECONDS.name(), span.toSeconds()));
    }
    // a record may still be written with a timestamp of the second that has begun
    Instant last = context.startedAt().truncatedTo(ChronoUnit.SECONDS);
    ReadProgress progress = progress(repetition, start);
    if (progress.hasReached(last)) {
      return start;
    }
    Optional<Instant> begin =
        Lookback.begin(progress, repetition, cursor, value -> window(Optional.of(value), last));
    Optional<Instant> base = progress.cursor().or(() -> from).or(oldest);
    if (base.isEmpty() || !base.get().isBefore(last)) {
      return start;
    }
    return slide(begin.or(() -> from), base.get(), last, span, progress, out).orElse(start);
  }

  /** Empty when nothing was read to its end. */
  private Optional<Offset> slide(
      Optional<Instant> first,
      Instant base,
      Instant last,
      Duration span,
      ReadProgress progress,
      RecordEmitter out) {
    Optional<Instant> from = first;
    Instant end = base;
    Optional<Offset> reached = Optional.empty();
    do {
      // whole seconds: a source may round its bounds, and the gap would be in no window
      end = earlier(end.plus(span).truncatedTo(ChronoUnit.SECONDS), last);
      long emittedBefore = progress.emitted();
      try {
        if (!drain(within(window(from, end), from, end), progress, out)) {
          return Optional.of(progress.offset());
        }
      } catch (ConnectorException e) {
        if (reached.isPresent() && progress.emitted() == emittedBefore) {
          return reached; // what came before is kept; the next read meets the error again
        }
        throw e;
      }
      progress.completeUntil(end);
      reached = Optional.of(progress.offset());
      from = Optional.of(end);
    } while (end.isBefore(last) && out.wantsMore());
    return reached;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private Walk window(Optional<Instant> from, Instant end) {
    Listing bounded = from.map(value -> cursor.from(listing, value)).orElse(listing);
    Listing window = cursor.until(bounded, end);
    return switch (cursor.order()) {
      case ASCENDING -> ascending(window, from);
      case UNSORTED ->
          new RepeatedWalk(
              fetch,
              window,
              window.request(),
              Set.of(),
              record -> new Row(record, cursor.value(record)),
              cursor::fingerprint);
    };
  }

  /** Half-open, whatever the source makes of its bounds. */
  private static Walk within(Walk walk, Optional<Instant> from, Instant end) {
    Instant begin = from.orElse(Instant.MIN);
    return () ->
        walk.next()
            .map(
                rows ->
                    rows.stream()
                        .filter(row -> !row.cursor().isBefore(begin) && row.cursor().isBefore(end))
                        .toList());
  }

  private Walk ascending(Listing listing, Optional<Instant> from) {
    return new AscendingWalk(fetch, listing, cursor, from);
  }

  /** Whether the walk came to its end; otherwise the position is one that an offset can express. */
  private boolean drain(Walk walk, ReadProgress progress, RecordEmitter out) {
    try (var pages = new Ahead(walk)) {
      while (true) {
        Optional<List<Row>> rows;
        try {
          rows = pages.next();
        } catch (ConnectorException e) {
          if (progress.hasEmitted() && canStop(progress)) {
            return false; // what was read is kept; the next read meets the error again
          }
          throw e;
        }
        if (rows.isEmpty()) {
          return true;
        }
        progress.offer(rows.get(), out);
        if (!out.wantsMore() && canStop(progress)) {
          return false;
        }
      }
    }
  }

  private boolean canStop(ReadProgress progress) {
    return cursor.order() == TimeCursor.Order.ASCENDING && progress.canStop();
  }

  private ReadProgress progress(Repetition repetition, Offset start) {
    return new ReadProgress(
        start.as(Position.class),
        cursor,
        repetition,
        lookback,
        futureTolerance,
        context.startedAt(),
        context.listener());
  }
}
