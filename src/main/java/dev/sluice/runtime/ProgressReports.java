package dev.sluice.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.Offset;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Tells the listener how far a flow has come; on the way is time for upkeep. */
final class ProgressReports {
  private final String as;
  private final Flow flow;
  private final FlowStats tally;
  private final Instant startedAt;
  private final Budget budget;
  private final Runnable upkeep;
  private final SyncListener listener;

  ProgressReports(
      String as,
      Flow flow,
      FlowStats tally,
      Instant startedAt,
      Budget budget,
      Runnable upkeep,
      SyncListener listener) {
    this.as = as;
    this.flow = flow;
    this.tally = tally;
    this.startedAt = startedAt;
    this.budget = budget;
    this.upkeep = upkeep;
    this.listener = listener;
  }

  void committed() {
    reading(0);
  }

  /** Between pages of a microbatch that has so many records by now. */
  void reading(long uncommitted) {
    upkeep.run();
    Offset offset = tally.position().offset();
    listener.progressed(
        new Progress(
            as,
            flow,
            tally.records() + uncommitted,
            tally.batches(),
            offset,
            cursor(offset),
            lag(offset, startedAt),
            budget.left()));
  }

  /** The text in the offset's field "cursor", which connectors that have one cursor give it. */
  static Optional<String> cursor(Offset offset) {
    try {
      JsonNode cursor = JsonText.read(offset.json()).path("cursor");
      return cursor.isTextual() ? Optional.of(cursor.textValue()) : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An offset is JSON", e);
    }
  }

  /** How far a cursor that is a timestamp is behind; never negative. */
  static Optional<Duration> lag(Offset offset, Instant startedAt) {
    return cursor(offset)
        .flatMap(ProgressReports::instant)
        .map(cursor -> Duration.between(cursor, startedAt))
        .map(lag -> lag.isNegative() ? Duration.ZERO : lag);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
