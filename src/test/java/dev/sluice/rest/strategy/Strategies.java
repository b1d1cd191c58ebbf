package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The strategies under test, on lists of 24 records and more. */
final class Strategies {
  static final TimeCursor CURSOR =
      TimeCursor.on("at").identifiedBy(List.of("id")).since("since").until("until");

  private Strategies() {}

  /** 24 records that share so many seconds. */
  static ShiftingList filled(int page, int seconds) {
    var source = new ShiftingList(page);
    for (int id = 0; id < 24; id++) {
      source.put(id, (long) id * seconds / 24);
    }
    return source;
  }

  static Reading.Read onTheFly(ShiftingList source, Duration lookback) {
    return (context, start, out) ->
        Incremental.of(
                context,
                new CursorListing(source, ShiftingList.listing(), CURSOR),
                lookback,
                Options.NONE)
            .limitOnTheFly(Optional.empty(), start, out);
  }

  static Reading.Read beforeFetch(ShiftingList source, int limit) {
    return (context, start, out) ->
        Incremental.of(
                context,
                new CursorListing(source, ShiftingList.listing(), CURSOR),
                Duration.ZERO,
                Options.NONE)
            .limitBeforeFetch("limit", limit, start, out);
  }

  static Reading.Read windows(
      ShiftingList source, TimeCursor.Order order, Duration span, Duration lookback) {
    return windows(source, CURSOR.sorted(order), span, lookback);
  }

  static Reading.Read windows(
      ShiftingList source, TimeCursor cursor, Duration span, Duration lookback) {
    return (context, start, out) ->
        Incremental.of(
                context,
                new CursorListing(source, ShiftingList.listing(), cursor),
                lookback,
                Options.NONE)
            .slidingWindow(
                span,
                Repetition.NEVER,
                Optional.empty(),
                begin -> begin.or(() -> Optional.of(ShiftingList.BASE)),
                start,
                out);
  }

  static Reading.Read snapshot(ShiftingList source) {
    return (context, start, out) ->
        Snapshot.of(context, source, ShiftingList.listing(), PrimaryKey.of("id")).read(start, out);
  }
}
