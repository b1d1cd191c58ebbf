package dev.sluice.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.Offset;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reports to the listener how far a flow has come, and does upkeep at the same moments. */
final class ProgressReports {
  private final FlowContext context;
  private final Runnable upkeep;

  ProgressReports(FlowContext context, Runnable upkeep) {
    this.context = context;
    this.upkeep = upkeep;
  }

  void committed(FlowStats stats) {
    reading(stats, 0);
  }

  /** Reports between pages of a microbatch, which has this many records by now. */
  void reading(FlowStats stats, long uncommitted) {
    upkeep.run();
    Offset offset = stats.position().offset();
    context
        .listener()
        .progressed(
            new Progress(
                context.destination().table(),
                context.flow(),
                stats.records() + uncommitted,
                stats.batches(),
                offset,
                cursor(offset),
                lag(offset, context.startedAt()),
                context.budget().left()));
  }

  /** Returns the text in the offset's field "cursor", which connectors with one cursor set. */
  static Optional<String> cursor(Offset offset) {
    try {
      JsonNode cursor = JsonText.read(offset.json()).path("cursor");
      return cursor.isTextual() ? Optional.of(cursor.textValue()) : Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An offset is JSON", e);
    }
  }

  /** Returns the lag of a cursor that is a timestamp; never negative. */
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
