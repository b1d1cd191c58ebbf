package dev.sluice.rest.strategy;

import dev.sluice.rest.walk.DeliveredKeys;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What sweeps delivered, as far as the next one may meet it again; bounded. */
final class WindowScanMemory {

  /** A record as it was on a date; one without a date as it is. */
  record Version(Optional<Instant> date, String name) {
    static Version of(SourceRecord record, Optional<Instant> date, List<String> identity) {
      return new Version(
          date,
          date.map(instant -> Fingerprints.of(instant + " " + Fingerprints.of(record, identity)))
              .orElseGet(() -> Fingerprints.of(record, List.of())));
    }
  }

  /** By the minute of their date, which takes less room than the date. */
  private final DeliveredKeys dated;

  /** By the end of the sweep that met them last. */
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

  /** Remembers what a sweep met, as much as there is room for. */
  void add(Version version, Instant sweep, Instant kept) {
    if (version.date().isEmpty()) {
      undated.move(version.name(), sweep);
    } else if (!version.date().get().isBefore(kept)) {
      dated.add(minute(version.date().get()), version.name());
    }
  }

  /** Forgets the oldest of what there is too much of. */
  void shrink() {
    dated.shrink(Instant.MAX, Instant.MAX);
  }

  /** The sweep has ended: what lies before {@code kept}, or was not met, no other one meets. */
  void end(Instant sweep, Instant kept) {
    dated.forgetBefore(minute(kept));
    undated.forgetBefore(sweep);
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
