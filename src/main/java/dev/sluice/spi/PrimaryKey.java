package dev.sluice.spi;

import java.util.List;
import java.util.stream.Stream;

/** The fields that identify a record; a dotted path reaches into structs. It is never empty. */
public record PrimaryKey(List<String> fields) {

  public PrimaryKey {
    fields = List.copyOf(fields);
    if (fields.isEmpty() || fields.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("A primary key needs named fields: " + fields);
    }
  }

  public static PrimaryKey of(String field, String... more) {
    return new PrimaryKey(Stream.concat(Stream.of(field), Stream.of(more)).toList());
  }
}
