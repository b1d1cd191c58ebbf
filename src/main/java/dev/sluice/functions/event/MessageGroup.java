package dev.sluice.functions.event;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.text.Sha256;

/** The group of a table's messages in a FIFO queue; each table has its own. */
public final class MessageGroup {
  private static final int LONGEST = 128;
  private static final int HASH = 64;

  private MessageGroup() {}

  /** Returns at most 128 characters, all of them allowed in a group. */
  public static String of(Destination table) {
    String key = table.key();
    // No key of this length has a '~'; the hash tells the longer ones apart.
    return key.length() <= LONGEST
        ? key
        : key.substring(0, LONGEST - HASH - 1) + "~" + Sha256.of(key);
  }
}
