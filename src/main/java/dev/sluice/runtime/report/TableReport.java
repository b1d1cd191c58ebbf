package dev.sluice.runtime.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.text.JsonText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The report on one table's part of an invocation.
 *
 * @param table the source's name
 * @param as the name in the lake
 * @param before where the data flow was found; {@code after} where it was left
 * @param timeliness how far the lake is behind
 * @param warnings what the operator should know of, the first of them
 */
public record TableReport(
    String table,
    String as,
    Ending ending,
    TableCounts counts,
    Checkpoint before,
    Checkpoint after,
    Duration duration,
    Timeliness timeliness,
    List<String> warnings) {

  public TableReport {
    warnings = List.copyOf(warnings);
  }

  public Outcome outcome() {
    return ending.outcome();
  }

  public Optional<Instant> resumeAt() {
    return ending.resumeAt();
  }

  public Optional<TableError> error() {
    return ending.error();
  }

  public long records() {
    return counts.records();
  }

  public long deletes() {
    return counts.deletes();
  }

  public long bytes() {
    return counts.bytes();
  }

  public long batches() {
    return counts.batches();
  }

  public long requests() {
    return counts.requests();
  }

  public long retries() {
    return counts.retries();
  }

  /** Returns how far the lake is behind; zero when the table has caught up. */
  public Optional<Duration> lag() {
    return timeliness.lag();
  }

  public boolean isFatal() {
    return error().map(TableError::kind).equals(Optional.of(TableError.Kind.FATAL));
  }

  public boolean isAccessDenied() {
    return error().map(TableError::kind).equals(Optional.of(TableError.Kind.ACCESS_DENIED));
  }

  /** Returns the report of both runs, when a table was run again in the same invocation. */
  public TableReport after(TableReport first) {
    return new TableReport(
        table,
        as,
        ending,
        first.counts.plus(counts),
        first.before,
        after,
        first.duration.plus(duration),
        timeliness,
        Stream.concat(first.warnings.stream(), warnings.stream()).distinct().toList());
  }

  ObjectNode json() {
    ObjectNode json =
        JsonText.object()
            .put("table", table)
            .put("as", as)
            .put("outcome", outcome().name())
            .put("records", counts.records())
            .put("deletes", counts.deletes())
            .put("bytes", counts.bytes())
            .put("batches", counts.batches())
            .put("requests", counts.requests())
            .put("retries", counts.retries())
            .putRawValue("offset_before", JsonText.raw(before.offset().json()))
            .putRawValue("offset_after", JsonText.raw(after.offset().json()))
            .put("generation", after.generation())
            .put("sequence", after.sequence())
            .put("duration_ms", duration.toMillis());
    timeliness.put(json);
    warnings.forEach(json.putArray("warnings")::add);
    resumeAt().ifPresent(value -> json.put("resume_at", value.toString()));
    error()
        .ifPresent(
            value ->
                json.putObject("error")
                    .put("kind", value.kind().label())
                    .put("message", value.message()));
    return json;
  }
}
