package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.walk.Crowd;
import dev.sluice.rest.walk.DeliveredKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offset of the incremental strategies.
 *
 * @param cursor the greatest cursor value delivered, or the end of the last window; an instant
 * @param run the start of the invocation that last looked back from here; an instant
 * @param seen fingerprints of delivered records, by cursor value: those at the cursor itself, those
 *     within the lookback before it, and those dated absurdly far beyond it
 * @param lookback how far before the cursor {@code seen} reaches; a duration, absent for none
 * @param forgotten records up to this instant were delivered but are no longer remembered one by
 *     one
 * @param window a digest of the records from the start of the lookback up to {@code forgotten}, as
 *     they were when last delivered
 * @param through the start of the invocation that has read all windows there were
 * @param crowd a place among the records at the cursor, where they fill many pages; {@code seen}
 *     then has those that were delivered after it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record CursorOffset(
    @Nullable String cursor,
    @Nullable String run,
    @Nullable Map<String, List<String>> seen,
    @Nullable String lookback,
    @Nullable String forgotten,
    @Nullable String window,
    @Nullable String through,
    @Nullable Crowd crowd) {

  /** The offset before the first record. */
  static final CursorOffset NONE = new CursorOffset(null, null, null, null, null, null, null, null);

  /** Returns the cursor; empty before the first record. */
  Optional<Instant> reached() {
    return Optional.ofNullable(cursor).map(Instant::parse);
  }

  DeliveredKeys delivered() {
    return DeliveredKeys.parse(Optional.ofNullable(seen).orElse(Map.of()));
  }

  /** Returns whether the invocation that began then has looked back from here. */
  boolean hasLookedBackIn(Instant startedAt) {
    return startedAt.toString().equals(run);
  }

  /** Returns whether the invocation that began then has read all windows. */
  boolean isThroughIn(Instant startedAt) {
    return startedAt.toString().equals(through);
  }

  /** Returns the instant up to which delivered records are not remembered, for this lookback. */
  Optional<Instant> forgottenBy(Duration wanted) {
    Optional<Instant> crowdedOut = Optional.ofNullable(forgotten).map(Instant::parse);
    Duration remembered = Optional.ofNullable(lookback).map(Duration::parse).orElse(Duration.ZERO);
    if (cursor == null || wanted.compareTo(remembered) <= 0) {
      return crowdedOut;
    }
    Instant older = Instant.parse(cursor).minus(remembered).minusNanos(1);
    return crowdedOut.filter(value -> value.isAfter(older)).or(() -> Optional.of(older));
  }
}
