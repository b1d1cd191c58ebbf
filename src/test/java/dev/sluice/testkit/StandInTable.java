package dev.sluice.testkit;

import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A table of a {@link StandIn}: what it can do, and the means to change it. Begins empty. The kit
 * speaks of {@link RowSpec rows}; the stand-in renders them as records that look like the source's,
 * the same for the same row.
 *
 * <p>A table is taken to be able to do everything; what it cannot do it says with the reason, which
 * the report shows in place of the check.
 */
public interface StandInTable {

  String name();

  /** Table options that work; asked again for every read. */
  default Options options() {
    return Options.NONE;
  }

  /**
   * The fields that identify a record within this stand-in, dotted paths allowed; for an append
   * table without a primary key too.
   */
  List<String> identity();

  /** The finest difference between two cursor values. Rows keep to it. */
  Duration resolution();

  /** Whether {@link #pageSize} has an effect. */
  default Ability pageSizes() {
    return Ability.YES;
  }

  /** Whether its pages say how many records their list has. */
  default Ability totals() {
    return Ability.no("its lists do not say how long they are");
  }

  /** Whether a record of the source can change. */
  default Ability updates() {
    return Ability.YES;
  }

  /** Whether a record of the source can disappear. */
  default Ability deletions() {
    return Ability.YES;
  }

  /** Whether the connector takes {@code lookback_seconds} for this table. */
  default Ability lookback() {
    return Ability.YES;
  }

  /** Whether a record dated decades ahead can be read today. */
  default Ability farFuture() {
    return Ability.YES;
  }

  /** What a run may cost that finds nothing new. */
  default QuietRun quietRun() {
    return QuietRun.STILL;
  }

  /** Columns that are null in every record of the source, dotted paths, each with the reason. */
  default Map<String, String> alwaysNull() {
    return Map.of();
  }

  /** Offsets that earlier releases wrote for this table; they stay readable. */
  default List<Offset> earlierOffsets() {
    return List.of();
  }

  /** From now on no page holds more records than this; {@link Integer#MAX_VALUE} for full pages. */
  void pageSize(int most);

  /**
   * Replaces all records and forgets all tombstones. A source that always has one record, and never
   * another, takes the last row for it.
   */
  void replaceAll(List<RowSpec> rows);

  /** Inserts the record, or replaces the one with the same key. */
  void put(RowSpec row);

  /** Removes the record; a table that tells of deletes gets a tombstone of that instant. */
  void delete(int key, Instant at);

  /** The records as the source has them now, by {@link RowSpec#key}. */
  Map<Integer, SourceRecord> truth();
}
