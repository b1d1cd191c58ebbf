package dev.sluice.rest.walk;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of delivered records by cursor value, bounded so that an offset stays small. */
public final class DeliveredKeys {

  /** Room for about 3,000 records of one cursor value in an offset, or 800 of as many values. */
  static final int MOST_CHARACTERS = 40_000;

  /** The share of it for records that are dated after the cursor. */
  private static final int MOST_CHARACTERS_BEYOND = MOST_CHARACTERS / 4;

  private static final int CHARACTERS_PER_VALUE = 34;
  private static final int CHARACTERS_PER_RECORD = 14;

  private final TreeMap<Instant, FingerprintSet> values = new TreeMap<>();

  public static DeliveredKeys parse(Map<String, List<String>> seen) {
    var delivered = new DeliveredKeys();
    seen.forEach(
        (value, names) -> delivered.values.put(Instant.parse(value), FingerprintSet.of(names)));
    return delivered;
  }

  public boolean knows(Instant value) {
    return values.containsKey(value);
  }

  private Optional<FingerprintSet> of(Instant value) {
    return Optional.ofNullable(values.get(value));
  }

  public boolean contains(Instant value, String fingerprint) {
    return of(value).map(names -> names.contains(fingerprint)).orElse(false);
  }

  public boolean contains(String fingerprint) {
    return values.values().stream().anyMatch(names -> names.contains(fingerprint));
  }

  public void add(Instant value, String fingerprint) {
    values.computeIfAbsent(value, ignored -> new FingerprintSet()).add(fingerprint);
  }

  /**
   * Remembers a record that is dated after the cursor. Returns false when there is no room left for
   * such records.
   */
  public boolean addBeyond(Optional<Instant> cursor, Instant value, String fingerprint) {
    if (characters(after(cursor)) > MOST_CHARACTERS_BEYOND) {
      return false;
    }
    add(value, fingerprint);
    return true;
  }

  /** Moves a record to this value; adds a new one only where there is room. */
  public void move(String fingerprint, Instant value) {
    boolean known = false;
    for (FingerprintSet names : values.values()) {
      known |= names.remove(fingerprint);
    }
    if (known || characters(values) < MOST_CHARACTERS) {
      add(value, fingerprint);
    }
  }

  private SortedMap<Instant, FingerprintSet> after(Optional<Instant> cursor) {
    return cursor
        .<SortedMap<Instant, FingerprintSet>>map(value -> values.tailMap(value, false))
        .orElse(values);
  }

  private static int characters(SortedMap<Instant, FingerprintSet> values) {
    return values.values().stream().mapToInt(DeliveredKeys::characters).sum();
  }

  private static int characters(FingerprintSet names) {
    return CHARACTERS_PER_VALUE + CHARACTERS_PER_RECORD * names.size();
  }

  public void remove(Instant value, String fingerprint) {
    of(value).ifPresent(names -> names.remove(fingerprint));
  }

  /** Remembers of a value what others do, and no more. */
  public void replace(Instant value, DeliveredKeys others) {
    values.remove(value);
    others.of(value).ifPresent(names -> names.names().forEach(name -> add(value, name)));
  }

  public void forgetBefore(Instant value) {
    values.headMap(value, false).clear();
  }

  /**
   * Forgets the oldest values, up to the cursor and before {@code kept}, until the rest fits into
   * an offset.
   *
   * @return the greatest value that was forgotten
   */
  public Optional<Instant> shrink(Instant cursor, Instant kept) {
    int room = MOST_CHARACTERS - characters(after(Optional.of(cursor)));
    for (var entry : values.headMap(cursor, true).descendingMap().entrySet()) {
      room -= characters(entry.getValue());
      if (room < 0 && entry.getKey().isBefore(kept)) {
        Instant forgotten = entry.getKey();
        values.headMap(forgotten, true).clear();
        return Optional.of(forgotten);
      }
    }
    return Optional.empty();
  }

  /** Returns how many fingerprints more an offset has room for. */
  public int room() {
    return Math.max(0, MOST_CHARACTERS - characters(values)) / CHARACTERS_PER_RECORD;
  }

  /** Returns whether an offset has room for all records of this value. */
  public boolean fits(Instant value) {
    return of(value).map(DeliveredKeys::characters).orElse(0) <= MOST_CHARACTERS / 2;
  }

  public Map<String, List<String>> toMap() {
    Map<String, List<String>> seen = new LinkedHashMap<>();
    values.forEach((value, names) -> seen.put(value.toString(), names.names()));
    return seen;
  }
}
