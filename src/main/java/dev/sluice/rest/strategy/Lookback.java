package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides where a read begins when records before the cursor may have become visible late. */
final class Lookback {
  private Lookback() {}

  /** Returns the instant to read from, included; empty for a first read. */
  static Optional<Instant> begin(
      ReadProgress progress, TimeCursor cursor, Function<Instant, Walk> walkFrom) {
    Optional<Instant> from = progress.from();
    Optional<Instant> forgotten = progress.forgottenInLookback();
    if (from.isEmpty() || forgotten.isEmpty()) {
      return from;
    }
    if (progress.repetition() == Repetition.NEVER) {
      return forgotten;
    }
    String digest = digest(walkFrom.apply(from.get()), from.get(), forgotten.get(), cursor);
    if (progress.knowsWindow(digest)) {
      return forgotten;
    }
    progress.repeatForgotten(digest);
    return from;
  }

  /** Digests the records of a span, both ends included, in any order. */
  private static String digest(Walk walk, Instant from, Instant until, TimeCursor cursor) {
    long count = 0;
    long sum = 0;
    try (var pages = new ReadAhead<>(walk::next)) {
      for (Optional<List<Row>> rows = pages.next(); rows.isPresent(); rows = pages.next()) {
        for (Row row : rows.get()) {
          if (!row.cursor().isBefore(from) && !row.cursor().isAfter(until)) {
            count++;
            sum += Fingerprints.spread(cursor.fingerprint(row.record()));
          }
        }
        boolean past = rows.get().stream().anyMatch(row -> row.cursor().isAfter(until));
        if (past && cursor.order() == TimeCursor.Order.ASCENDING) {
          break;
        }
      }
    }
    return count + ":" + Long.toHexString(sum);
  }
}
