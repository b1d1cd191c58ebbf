package dev.sluice.rest;

import dev.sluice.spi.SourceRecord;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the responses of a list look.
 *
 * @param recordsField as in {@link Listing#recordsIn}
 * @param linkField the path to the field that leads to the next page; empty for none
 * @param wanted asked for every element of the array of records
 * @param noted what is noted of a record when it is met
 */
record Shape(
    String recordsField,
    String linkField,
    Optional<Marker> marker,
    Predicate<SourceRecord> wanted,
    NotedPaths noted) {

  static Shape of(String recordsField, String linkField) {
    return new Shape(recordsField, linkField, Optional.empty(), element -> true, NotedPaths.NONE);
  }
}
