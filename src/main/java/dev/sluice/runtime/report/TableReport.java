package dev.sluice.runtime.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.text.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one table's part of an invocation went.
 *
 * @param table the source's name
 * @param as the name in the lake
 * @param records committed in the data flow; {@code deletes} likewise in the other
 * @param bytes of committed objects, both flows; {@code batches} likewise
 * @param before where the data flow was found; {@code after} where it was left
 * @param lag how far the offset's cursor is behind the start of the invocation, when it is a
 *     timestamp
 * @param resumeAt when going on makes sense: the source said so, or another run's lease ends
 */
public record TableReport(
    String table,
    String as,
    Outcome outcome,
    long records,
    long deletes,
    long bytes,
    long batches,
    long requests,
    long retries,
    Checkpoint before,
    Checkpoint after,
    Duration duration,
    Optional<Duration> lag,
    Optional<Instant> resumeAt,
    Optional<TableError> error) {

  public boolean isFatal() {
    return error.map(TableError::kind).equals(Optional.of(TableError.Kind.FATAL));
  }

  public boolean isAccessDenied() {
    return error.map(TableError::kind).equals(Optional.of(TableError.Kind.ACCESS_DENIED));
  }

  /** The report of both, when a table was run again in the same invocation. */
  public TableReport after(TableReport first) {
    return new TableReport(
        table,
        as,
        outcome,
        first.records + records,
        first.deletes + deletes,
        first.bytes + bytes,
        first.batches + batches,
        first.requests + requests,
        first.retries + retries,
        first.before,
        after,
        first.duration.plus(duration),
        lag,
        resumeAt,
        error);
  }

  ObjectNode json() {
    ObjectNode json =
        JsonText.object()
            .put("table", table)
            .put("as", as)
            .put("outcome", outcome.name())
            .put("records", records)
            .put("deletes", deletes)
            .put("bytes", bytes)
            .put("batches", batches)
            .put("requests", requests)
            .put("retries", retries)
            .putRawValue("offset_before", JsonText.raw(before.offset().json()))
            .putRawValue("offset_after", JsonText.raw(after.offset().json()))
            .put("generation", after.generation())
            .put("sequence", after.sequence())
            .put("duration_ms", duration.toMillis());
    lag.ifPresent(value -> json.put("lag_seconds", value.toSeconds()));
    resumeAt.ifPresent(value -> json.put("resume_at", value.toString()));
    error.ifPresent(
        value ->
            json.putObject("error")
                .put("kind", value.kind().label())
                .put("message", value.message()));
    return json;
  }
}
