package dev.sluice.runtime.checkpoint;

import java.util.Locale;

/** The two streams of a table, each with a checkpoint of its own. */
public enum Flow {
  DATA,
  DELETES;

  /** Returns the folder's name in the lake: {@code data} or {@code deletes}. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
