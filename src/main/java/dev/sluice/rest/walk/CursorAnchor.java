package dev.sluice.rest.walk;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The position of a walk: the cursor value to request from, and the records of that value that were
 * already given.
 */
final class CursorAnchor {
  private final Set<String> given = new HashSet<>();
  private Optional<Instant> value;

  CursorAnchor(Optional<Instant> value) {
    this.value = value;
  }

  /** Returns the cursor value; empty before the first record of a walk from the beginning. */
  Optional<Instant> value() {
    return value;
  }

  Set<String> given() {
    return given;
  }

  boolean isAt(Row row) {
    return value.isPresent() && row.cursor().equals(value.get());
  }

  boolean isBefore(Row row) {
    return value.isEmpty() || row.cursor().isAfter(value.get());
  }

  void moveTo(Instant next) {
    value = Optional.of(next);
    given.clear();
  }

  /** Moves to the last of these rows, which are in order, and returns those that are new. */
  List<Row> give(List<Row> rows) {
    List<Row> news =
        rows.stream().filter(row -> !isAt(row) || !given.contains(fingerprint(row))).toList();
    if (!rows.isEmpty() && isBefore(rows.getLast())) {
      moveTo(rows.getLast().cursor());
    }
    rows.stream().filter(this::isAt).map(CursorAnchor::fingerprint).forEach(given::add);
    return news;
  }

  /** Another content is another version, whatever the key and the cursor are. */
  private static String fingerprint(Row row) {
    return Fingerprints.ofContent(row.record());
  }
}
