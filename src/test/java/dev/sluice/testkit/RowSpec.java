package dev.sluice.testkit;

import java.time.Instant;

/**
 * What the kit says of a record; all else is the stand-in's.
 *
 * @param key which record, from 0
 * @param cursor the value of the cursor field; of no meaning in a snapshot table
 * @param version another version of the same key has another content
 */
public record RowSpec(int key, Instant cursor, int version) {

  public static RowSpec of(int key, Instant cursor) {
    return new RowSpec(key, cursor, 0);
  }

  /** The same record, changed at an instant. */
  public RowSpec changedAt(Instant instant) {
    return new RowSpec(key, instant, version + 1);
  }
}
