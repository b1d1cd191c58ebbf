package dev.sluice.runtime.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;

/**
 * How far the lake is behind the source, as of the start of an invocation.
 *
 * @param lag the time since the instant up to which everything is read: zero when the table has
 *     caught up, empty where that is not known
 * @param newestRecord the age of the newest record, which grows while a source is quiet; empty for
 *     a table without one cursor that is a time
 */
public record Timeliness(Optional<Duration> lag, Optional<Duration> newestRecord) {
  public static final Timeliness UNKNOWN = new Timeliness(Optional.empty(), Optional.empty());

  /** Adds both to a report or a line of the log. */
  public void put(ObjectNode json) {
    lag.ifPresent(value -> json.put("lag_seconds", value.toSeconds()));
    newestRecord.ifPresent(value -> json.put("newest_record_age_seconds", value.toSeconds()));
  }
}
