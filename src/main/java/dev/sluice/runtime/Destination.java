package dev.sluice.runtime;

/** Where a table lands: the pipeline's name and the table's name in the lake. */
public record Destination(String pipeline, String table) {

  public Destination {
    if (pipeline.isBlank() || table.isBlank()) {
      throw new IllegalArgumentException("A pipeline and a table need names");
    }
  }

  @Override
  public String toString() {
    return pipeline + "/" + table;
  }
}
