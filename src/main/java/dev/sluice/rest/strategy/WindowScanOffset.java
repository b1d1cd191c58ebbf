package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sluice.spi.ConnectorException;
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
 * @param scan the scan under way
 * @param seen fingerprints of delivered records that the next scan may meet again, by the minute of
 *     their date
 * @param undated those of records without a date, by the end of the scan that met them last
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record WindowScanOffset(
    @Nullable String until,
    @JsonProperty("sweep") @Nullable Scan scan,
    @Nullable Map<String, List<String>> seen,
    @Nullable Map<String, List<String>> undated) {

  /**
   * A scan under way.
   *
   * @param from an instant, absent for the first scan
   * @param until an instant
   * @param place where it continues; absent at its beginning
   * @param pages the number of pages before it
   * @param landmark the place after one of them, the last whose number is a power of two: a scan
   *     that reaches it again walks in a circle, whatever its length
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Scan(
      @Nullable String from,
      String until,
      @Nullable String place,
      long pages,
      @Nullable String landmark) {

    static Scan begin(TimeWindow window) {
      return new Scan(
          window.from().map(Instant::toString).orElse(null),
          window.until().toString(),
          null,
          0,
          null);
    }

    TimeWindow window() {
      return new TimeWindow(Optional.ofNullable(from).map(Instant::parse), Instant.parse(until));
    }

    Scan at(String next) {
      if (next.equals(landmark)) {
        throw ConnectorException.protocol(
            "A page leads to a page that was already read, at " + next);
      }
      long number = pages + 1;
      return new Scan(from, until, next, number, Long.bitCount(number) == 1 ? next : landmark);
    }
  }
}
