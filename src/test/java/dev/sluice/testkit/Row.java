package dev.sluice.testkit;

import java.time.Instant;

/**
 * What the kit says of a record; all else is the stand-in's.
 *
 * @param key which record, from 0
 * @param cursor the value of the cursor field; of no meaning in a snapshot table
 * @param version another version of the same key has another content
 */
public record Row(int key, Instant cursor, int version) {

  public static Row of(int key, Instant cursor) {
    return new Row(key, cursor, 0);
  }

  /** The same record, changed at an instant. */
  public Row changedAt(Instant instant) {
    return new Row(key, instant, version + 1);
  }
}
