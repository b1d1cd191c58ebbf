package dev.sluice.rest.strategy;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.SourceClock;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * Three ways to read what is new since an offset. None loses a record, whatever the page size, the
 * batch size or the records that share a timestamp, even while the source changes.
 *
 * <p>Records dated after the start of the invocation are left to the next one: a cursor ahead of
 * the clock would skip what is written until then.
 *
 * <p>A record is delivered twice only where a lookback holds more than an offset can remember, and
 * never in an append table.
 */
@ConnectorApi
public final class Incremental {

  public static final Option<Duration> LOOKBACK_SECONDS =
      Option.seconds(
              "lookback_seconds",
              "How far before the cursor each invocation looks for records that became visible"
                  + " late")
          .withDefault(Duration.ZERO)
          .pacing();

  public static final Option<Duration> WINDOW_SECONDS =
      Option.span("window_seconds", "The span of time that one query of this table covers")
          .pacing();

  public static final Option<Duration> SETTLE_SECONDS =
      Option.seconds(
              "settle_seconds",
              "How long the source may still write records with an earlier timestamp; no window"
                  + " that ends later moves the cursor to its end")
          .withDefault(Duration.ofMinutes(1))
          .pacing();

  public static final Option<Duration> FUTURE_TOLERANCE_SECONDS =
      Option.seconds(
              "future_tolerance_seconds",
              "A record dated further than this after now is delivered but does not move the"
                  + " cursor")
          .withDefault(Duration.ofHours(24))
          .pacing();

  private final ConnectorContext context;
  private final SourceClock clock;
  private final DatedPages pages;
  private final CursorListing source;
  private final Duration lookback;
  private final Options options;

  private Incremental(
      ConnectorContext context,
      SourceClock clock,
      DatedPages pages,
      CursorListing source,
      Duration lookback,
      Options options) {
    this.context = context;
    this.clock = clock;
    this.pages = pages;
    this.source = source;
    this.lookback = lookback;
    this.options = options;
  }

  /**
   * Reads a list by its cursor.
   *
   * @param lookback how far before the cursor each invocation looks for late records
   * @param options the table's; {@code future_tolerance_seconds} and {@code settle_seconds} are
   *     taken from them
   */
  public static Incremental of(
      ConnectorContext context,
      ApiClient api,
      Listing listing,
      TimeCursor cursor,
      Duration lookback,
      Options options) {
    return of(context, api.clock(), new CursorListing(api, listing, cursor), lookback, options);
  }

  static Incremental of(
      ConnectorContext context, CursorListing source, Duration lookback, Options options) {
    return of(context, new SourceClock(context.clock()), source, lookback, options);
  }

  static Incremental of(
      ConnectorContext context,
      SourceClock clock,
      CursorListing source,
      Duration lookback,
      Options options) {
    Instant absurd = context.startedAt().plus(options.get(FUTURE_TOLERANCE_SECONDS));
    var pages =
        new DatedPages(
            source.fetch(),
            source.cursor(),
            value -> value.isAfter(clock.latest(context.startedAt())) && !value.isAfter(absurd));
    return new Incremental(context, clock, pages, source.with(pages), lookback, options);
  }

  /**
   * <em>Limit on the fly</em>, for cdc tables: reads pages of a list sorted by the cursor,
   * ascending, until the microbatch is full. Where a lookback holds more than an offset can
   * remember and something in it is new, it is delivered again as a whole.
   *
   * @param from where the first read begins, included
   */
  public Offset limitOnTheFly(Optional<Instant> from, Offset start, RecordEmitter out) {
    var progress = progress(Repetition.ALLOWED, start);
    return read(from, progress, source.from(progress.crowd())::ascending, start, out);
  }

  /**
   * <em>Whole list</em>, for a source that filters by the cursor but does not sort by it:
   * everything from the cursor on is one microbatch, and the offset moves at its end.
   *
   * @param from where the first read begins, included
   */
  public Offset wholeList(Optional<Instant> from, Offset start, RecordEmitter out) {
    if (source.cursor().order() != TimeCursor.Order.UNSORTED) {
      throw new IllegalArgumentException("A list that is read as a whole is declared unsorted");
    }
    return read(from, progress(Repetition.ALLOWED, start), source::unsorted, start, out);
  }

  /**
   * <em>Limit before fetch</em>, for append tables: the source receives the limit, and whole
   * responses are delivered. No record is delivered twice; a lookback reaches no further back than
   * an offset can remember.
   *
   * @param limitParameter the query parameter that takes the limit
   */
  public Offset limitBeforeFetch(
      String limitParameter, int limit, Offset start, RecordEmitter out) {
    var limited = source.sizedBy(limitParameter, limit);
    var progress = progress(Repetition.NEVER, start);
    return read(Optional.empty(), progress, limited.from(progress.crowd())::ascending, start, out);
  }

  private Offset read(
      Optional<Instant> from,
      ReadProgress progress,
      Function<Optional<Instant>, Walk> walkFrom,
      Offset start,
      RecordEmitter out) {
    if (progress.hasReached(context.startedAt())) {
      return start;
    }
    Optional<Instant> begin =
        Lookback.begin(progress, source.cursor(), value -> walkFrom.apply(Optional.of(value)));
    if (progress.drain(walkFrom.apply(begin.or(() -> from)), out)) {
      progress.complete(out);
    }
    return progress.end(start);
  }

  /**
   * <em>Sliding window</em>: reads one half-open span of time after the other. The last one ends at
   * the second in which the invocation started. The end of a window becomes the cursor, with or
   * without records, once it lies before our clock and the source's by {@code settle_seconds};
   * until then the cursor is the last record's own. Records of a source that sorts are delivered
   * page by page, those of one that does not window by window.
   *
   * @param repetition what happens to a lookback that holds more than an offset can remember
   * @param from where the first read begins, included
   * @param next asked when a first read has no other beginning, and its first window is then open
   *     towards the past; and after a window without records
   */
  public Offset slidingWindow(
      Duration span,
      Repetition repetition,
      Optional<Instant> from,
      NextRecord next,
      Offset start,
      RecordEmitter out) {
    if (!source.cursor().hasWindow()) {
      throw new IllegalArgumentException("A window needs a cursor with both bounds");
    }
    // a record may still be written with a timestamp of the second that has begun
    Instant last = context.startedAt().truncatedTo(ChronoUnit.SECONDS);
    ReadProgress progress = progress(repetition, start);
    var windows =
        new SlidingWindow(
            source.from(progress.crowd()), span, last, next, clock, options.get(SETTLE_SECONDS));
    if (progress.hasReached(last)) {
      return start;
    }
    Optional<Instant> begin =
        Lookback.begin(progress, source.cursor(), value -> source.window(Optional.of(value), last));
    Optional<Instant> base = progress.cursor().or(() -> from).or(() -> next.from(Optional.empty()));
    if (base.filter(last::isAfter).isEmpty()) {
      return start;
    }
    if (windows.read(begin.or(() -> from), base.get(), progress, out)) {
      progress.completeInvocation();
    }
    return progress.end(start);
  }

  private ReadProgress progress(Repetition repetition, Offset start) {
    Instant startedAt = context.startedAt();
    return new ReadProgress(
        start.as(CursorOffset.class).orElse(CursorOffset.NONE),
        pages,
        new ReadProgress.Terms(
            source.cursor(),
            repetition,
            lookback,
            options.get(SETTLE_SECONDS),
            startedAt,
            startedAt.plus(options.get(FUTURE_TOLERANCE_SECONDS)),
            context.listener()));
  }
}
