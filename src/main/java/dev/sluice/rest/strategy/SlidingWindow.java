package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads one window after the other, up to the last instant.
 *
 * @param span of a window
 * @param last where the last window ends
 */
record SlidingWindow(CursorListing source, Duration span, Instant last) {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  SlidingWindow {
    if (span.compareTo(SHORTEST) < 0) {
      throw ConnectorException.configuration(
          "Option '%s' is %d; a window has a second at least"
              .formatted(Incremental.WINDOW_SECONDS.name(), span.toSeconds()));
    }
  }

  /**
   * Reads until the microbatch is full.
   *
   * @param first where the first window begins; open towards the past when empty
   * @param base what the end of the first window is counted from
   * @return empty when not even one window was read to its end
   */
  Optional<Offset> read(
      Optional<Instant> first, Instant base, ReadProgress progress, RecordEmitter out) {
    Optional<Instant> from = first;
    Instant end = base;
    Optional<Offset> reached = Optional.empty();
    do {
      // whole seconds: a source may round its bounds, and a gap would be in no window
      end = earlier(end.plus(span).truncatedTo(ChronoUnit.SECONDS), last);
      long emittedBefore = progress.emitted();
      try {
        if (!progress.drain(source.window(from, end), out)) {
          return Optional.of(progress.offset());
        }
      } catch (ConnectorException e) {
        if (reached.isPresent() && progress.emitted() == emittedBefore) {
          return reached; // keep what was read; the next read meets the error again
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
}
