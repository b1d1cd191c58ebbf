package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offset of {@link WindowScan}.
 *
 * @param until everything dated before was delivered; an instant, absent before the first scan has
 *     ended
 * @param run the start of the invocation in which the last scan ended
 * @param scan the scan under way
 * @param seen fingerprints of delivered records that the next scan may meet again, by the minute of
 *     their date
 * @param undated those of records without a date, by the end of the scan that met them last
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record WindowScanOffset(
    @Nullable String until,
    @Nullable String run,
    @JsonProperty("sweep") @Nullable Scan scan,
    @Nullable Map<String, List<String>> seen,
    @Nullable Map<String, List<String>> undated) {

  /**
   * A scan under way.
   *
   * @param from an instant, absent for the first scan
   * @param until an instant
   * @param settled an instant, where the next scan begins but for its lookback; absent before the
   *     first page and in offsets of earlier releases
   * @param place where it continues; absent at its beginning
   * @param pages the number of pages before it
   * @param landmark see {@link Steps}
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Scan(
      @Nullable String from,
      String until,
      @Nullable String settled,
      @Nullable String place,
      long pages,
      @Nullable String landmark) {

    static Scan begin(TimeWindow window) {
      return new Scan(
          window.from().map(Instant::toString).orElse(null),
          window.until().toString(),
          null,
          null,
          0,
          null);
    }

    TimeWindow window() {
      return new TimeWindow(Optional.ofNullable(from).map(Instant::parse), Instant.parse(until));
    }

    Scan at(String next) {
      Steps steps = new Steps(pages, landmark).to(next);
      return new Scan(from, until, settled, next, steps.number(), steps.landmark());
    }

    /** Returns the instant before which everything is written that this scan can meet. */
    Scan settledAt(Instant instant) {
      return settled == null
          ? new Scan(from, until, instant.toString(), place, pages, landmark)
          : this;
    }

    Instant settledAt() {
      return Instant.parse(settled == null ? until : settled);
    }
  }
}
