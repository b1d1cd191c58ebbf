package dev.sluice.rest.json;

import dev.sluice.rest.page.Listing;
import dev.sluice.spi.SourceRecord;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The layout of a list's responses.
 *
 * @param recordsField as in {@link Listing#recordsIn}
 * @param linkField the path to the field that leads to the next page; empty for none
 * @param wanted called with every element of the array of records
 * @param extracted the fields that are extracted from each record
 */
public record ResponseLayout(
    String recordsField,
    String linkField,
    Optional<ResponseType> marker,
    Predicate<SourceRecord> wanted,
    FieldSelection extracted) {

  static ResponseLayout of(String recordsField, String linkField) {
    return new ResponseLayout(
        recordsField, linkField, Optional.empty(), element -> true, FieldSelection.NONE);
  }
}
