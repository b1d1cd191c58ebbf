package dev.sluice.runtime.checkpoint;

import dev.sluice.runtime.text.KeySegment;

/** The place where a table is stored: the pipeline's name and the table's name in the lake. */
public record Destination(String pipeline, String table) {

  public Destination {
    if (pipeline.isBlank() || table.isBlank()) {
      throw new IllegalArgumentException("A pipeline and a table need names");
    }
  }

  /** Returns two segments that no other destination has: {@code acme-github/sdk_issues}. */
  public String key() {
    return KeySegment.encode(pipeline) + "/" + KeySegment.encode(table);
  }

  @Override
  public String toString() {
    return pipeline + "/" + table;
  }
}
