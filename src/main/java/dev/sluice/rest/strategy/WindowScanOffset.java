package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The offset of {@link WindowScan}.
 *
 * @param until everything dated before was delivered; an instant, absent before the first sweep has
 *     ended
 * @param sweep the one under way
 * @param seen fingerprints of delivered records that the next sweep may meet again, by the minute
 *     of their date
 * @param undated those of records without a date, by the end of the sweep that met them last
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record WindowScanOffset(
    @Nullable String until,
    @Nullable Sweep sweep,
    @Nullable Map<String, List<String>> seen,
    @Nullable Map<String, List<String>> undated) {

  /**
   * A sweep under way.
   *
   * @param from an instant, absent for the first sweep
   * @param until an instant
   * @param place where it goes on; absent at its beginning
   * @param pages how many led here
   * @param landmark the place after one of them, the last whose number is a power of two: who comes
   *     by it again walks in a circle, whatever its length
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Sweep(
      @Nullable String from,
      String until,
      @Nullable String place,
      long pages,
      @Nullable String landmark) {

    static Sweep begin(TimeWindow window) {
      return new Sweep(
          window.from().map(Instant::toString).orElse(null),
          window.until().toString(),
          null,
          0,
          null);
    }

    TimeWindow window() {
      return new TimeWindow(Optional.ofNullable(from).map(Instant::parse), Instant.parse(until));
    }

    Sweep at(String next) {
      if (next.equals(landmark)) {
        throw ConnectorException.protocol(
            "A page leads to a page that was already read, at " + next);
      }
      long number = pages + 1;
      return new Sweep(from, until, next, number, Long.bitCount(number) == 1 ? next : landmark);
    }
  }
}
