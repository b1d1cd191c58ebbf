package dev.sluice.functions.event;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.text.Sha256;

/** The group of a table's messages in a FIFO queue: the same for one table, and for no other. */
public final class MessageGroup {
  private static final int LONGEST = 128;
  private static final int HASH = 64;

  private MessageGroup() {}

  /** At most 128 characters, all of them such as a group may have. */
  public static String of(Destination table) {
    String key = table.key();
    // A '~' is in no key that short: the rest of a long one is told apart by its hash.
    return key.length() <= LONGEST
        ? key
        : key.substring(0, LONGEST - HASH - 1) + "~" + Sha256.of(key);
  }
}
