package dev.sluice.rest.strategy;

import dev.sluice.rest.SourceClock;
import dev.sluice.rest.walk.Crowd;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Reads one window after the other, up to the last instant. Behind an empty window the next one
 * reaches to the source's next record; where the source cannot be asked, it is twice as wide.
 *
 * @param span of a window
 * @param last where the last window ends
 * @param settle how long before a window was asked for it must have ended to be complete for good,
 *     by our clock and by the source's
 */
record SlidingWindow(
    CursorListing source,
    Duration span,
    Instant last,
    NextRecord next,
    SourceClock clock,
    Duration settle) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  SlidingWindow {
    if (span.compareTo(SHORTEST) < 0) {
      throw ConnectorException.configuration(
          "Option '%s' is %d; a window has a second at least"
              .formatted(Incremental.WINDOW_SECONDS.name(), span.toSeconds()));
    }
  }

  /** The width of a window, and whether it is a guess on the way to the next record. */
  private enum Guess {
    NONE,
    WIDER,
    NARROWER
  }

  private record Width(Duration duration, Guess guess) {}

  /** The rows of one window, and whether there were any. */
  private static final class Window implements Walk {
    private final Walk walk;
    private boolean hasRows;

    Window(Walk walk) {
      this.walk = walk;
    }

    @Override
    public Optional<List<Row>> next() {
      Optional<List<Row>> rows = walk.next();
      hasRows |= rows.filter(page -> !page.isEmpty()).isPresent();
      return rows;
    }

    @Override
    public Optional<Crowd> crowd() {
      return walk.crowd();
    }

    /** Walks until there is a row, or to the end. */
    boolean findsRows() {
      while (!hasRows && next().isPresent()) {}
      return hasRows;
    }
  }

  /**
   * Reads until the microbatch is full.
   *
   * @param first where the first window begins; open towards the past when empty
   * @param base what the end of the first window is counted from
   * @return whether the last instant was reached
   */
  boolean read(Optional<Instant> first, Instant base, ReadProgress progress, RecordEmitter out) {
    Optional<Instant> from = first;
    Instant begin = base;
    var width = new Width(span, Guess.NONE);
    while (true) {
      // whole seconds: a source may round its bounds, and a gap would be in no window
      Instant end = earlier(begin.plus(width.duration()).truncatedTo(ChronoUnit.SECONDS), last);
      Instant asked = clock.ours();
      var window = new Window(source.window(from, end));
      if (isTooWide(width) && window.findsRows()) {
        width = narrower(width);
        continue;
      }
      if (!progress.drain(window, out)) {
        return false;
      }
      // not before there was a response: only then the source's clock is known
      if (end.isAfter(clock.earliest(asked).minus(settle))) {
        progress.complete(out);
      } else {
        progress.completeUntil(end, out);
      }
      if (!end.isBefore(last) || !out.wantsMore()) {
        return !end.isBefore(last);
      }
      from = Optional.of(end);
      begin = end;
      width = window.hasRows ? new Width(span, Guess.NONE) : afterNothing(end, width);
    }
  }

  /** A window of a list without an order is held in memory, so it must not be wide by chance. */
  private boolean isTooWide(Width width) {
    return source.cursor().order() == TimeCursor.Order.UNSORTED
        && width.guess() != Guess.NONE
        && width.duration().compareTo(span) > 0;
  }

  private Width narrower(Width width) {
    Duration half = width.duration().dividedBy(2);
    return new Width(half.compareTo(span) < 0 ? span : half, Guess.NARROWER);
  }

  /** Returns the width of the window that follows an empty one. */
  private Width afterNothing(Instant end, Width width) {
    if (width.guess() == Guess.NARROWER) {
      return narrower(width);
    }
    if (!end.plus(span).isBefore(last)) {
      return new Width(span, Guess.NONE); // one more reaches the end
    }
    Optional<Instant> record = next.from(Optional.of(end));
    if (record.isEmpty()) {
      return new Width(Duration.between(end, last).plus(span), Guess.NONE);
    }
    return record.get().isAfter(end)
        ? new Width(Duration.between(end, record.get()).plus(span), Guess.NONE)
        : new Width(width.duration().multipliedBy(2), Guess.WIDER);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
