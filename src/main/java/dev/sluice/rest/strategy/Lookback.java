package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.rest.walk.Walk;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Decides where a read begins when records before the cursor may have become visible late. */
final class Lookback {
  /** Begins the digest of contents; those of earlier releases are of keys and cursors. */
  private static final String BY_CONTENT = "content:";

  private Lookback() {}

  /** Returns the instant to read from, included; empty for a first read. */
  static Optional<Instant> begin(
      ReadProgress progress, TimeCursor cursor, Function<Instant, Walk> walkFrom) {
    Optional<Instant> from = progress.from();
    Optional<Instant> forgotten = progress.forgottenInLookback();
    if (from.isEmpty() || forgotten.isEmpty()) {
      return from;
    }
    ReadProgress.Terms terms = progress.terms();
    if (terms.repetition() == Repetition.NEVER) {
      return forgotten;
    }
    Optional<String> before = progress.digestBefore();
    boolean isByKey = before.filter(digest -> !digest.startsWith(BY_CONTENT)).isPresent();
    Function<SourceRecord, String> names = isByKey ? cursor::fingerprint : terms::name;
    String digest =
        (isByKey ? "" : BY_CONTENT)
            + digest(
                walkFrom.apply(from.get()),
                from.get(),
                forgotten.get(),
                cursor.order() == TimeCursor.Order.ASCENDING,
                names);
    if (before.equals(Optional.of(digest))) {
      return forgotten;
    }
    progress.repeatForgotten(digest);
    return from;
  }

  /** Digests the records of a span, both ends included, in any order. */
  private static String digest(
      Walk walk,
      Instant from,
      Instant until,
      boolean isSorted,
      Function<SourceRecord, String> names) {
    long count = 0;
    long sum = 0;
    try (var pages = new ReadAhead<>(walk::next)) {
      for (Optional<List<Row>> rows = pages.next(); rows.isPresent(); rows = pages.next()) {
        for (Row row : rows.get()) {
          if (!row.cursor().isBefore(from) && !row.cursor().isAfter(until)) {
            count++;
            sum += Fingerprints.spread(names.apply(row.record()));
          }
        }
        boolean past = rows.get().stream().anyMatch(row -> row.cursor().isAfter(until));
        if (past && isSorted) {
          break;
        }
      }
    }
    return count + ":" + Long.toHexString(sum);
  }
}
