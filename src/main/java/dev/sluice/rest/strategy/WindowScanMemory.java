package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.DeliveredKeys;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The delivered records that the next scan may meet again; bounded. */
final class WindowScanMemory {

  /** A version of a record by its date; a record without a date by its content. */
  record Version(Optional<Instant> date, String name) {
    static Version of(SourceRecord record, Optional<Instant> date, List<String> identity) {
      return new Version(
          date,
          date.map(instant -> Fingerprints.of(instant + " " + Fingerprints.of(record, identity)))
              .orElseGet(() -> Fingerprints.of(record, List.of())));
    }
  }

  /** Dated records, by the minute, which takes less room than the date. */
  private final DeliveredKeys dated;

  /** Undated records, by the end of the scan that met them last. */
  private final DeliveredKeys undated;

  private WindowScanMemory(DeliveredKeys dated, DeliveredKeys undated) {
    this.dated = dated;
    this.undated = undated;
  }

  static WindowScanMemory of(Optional<WindowScanOffset> position) {
    return new WindowScanMemory(
        DeliveredKeys.parse(position.map(WindowScanOffset::seen).orElse(Map.of())),
        DeliveredKeys.parse(position.map(WindowScanOffset::undated).orElse(Map.of())));
  }

  WindowScanMemory copy() {
    return new WindowScanMemory(DeliveredKeys.parse(seen()), DeliveredKeys.parse(undated()));
  }

  boolean knows(Version version) {
    return version
        .date()
        .map(date -> dated.contains(minute(date), version.name()))
        .orElseGet(() -> undated.contains(version.name()));
  }

  /** Remembers what a scan met, as far as there is room. */
  void add(Version version, Instant scan, Instant kept) {
    if (version.date().isEmpty()) {
      undated.move(version.name(), scan);
    } else if (!version.date().get().isBefore(kept)) {
      dated.add(minute(version.date().get()), version.name());
    }
  }

  /** Forgets the oldest records until the rest fits. */
  void shrink() {
    dated.shrink(Instant.MAX, Instant.MAX);
  }

  /**
   * Ends a scan: forgets what no later scan meets, because it lies before {@code kept} or was not
   * met.
   */
  void end(Instant scan, Instant kept) {
    dated.forgetBefore(minute(kept));
    undated.forgetBefore(scan);
  }

  Map<String, List<String>> seen() {
    return dated.toMap();
  }

  Map<String, List<String>> undated() {
    return undated.toMap();
  }

  private static Instant minute(Instant date) {
    return date.truncatedTo(ChronoUnit.MINUTES);
  }
}
