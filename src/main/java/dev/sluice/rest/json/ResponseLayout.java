package dev.sluice.rest.json;

import dev.sluice.spi.SourceRecord;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The layout of a list's responses.
 *
 * @param recordsField the dotted path to the array of records; empty when the response is the array
 * @param linkField the path to the field that leads to the next page; empty for none
 * @param totalField the path to the field that tells how many records the list has; empty for none
 * @param type the type that every response declares
 * @param wanted selects the elements of the array that belong to the list; what it throws refuses
 *     the response
 * @param extracted dotted paths to fields that are extracted from each record
 */
public record ResponseLayout(
    String recordsField,
    String linkField,
    String totalField,
    Optional<ResponseType> type,
    Predicate<SourceRecord> wanted,
    Set<String> extracted) {

  /** The layout of a response that is the array itself. */
  public static final ResponseLayout ARRAY =
      new ResponseLayout("", "", "", Optional.empty(), element -> true, Set.of());

  public ResponseLayout {
    extracted = Set.copyOf(extracted);
  }

  public ResponseLayout recordsIn(String field) {
    return new ResponseLayout(field, linkField, totalField, type, wanted, extracted);
  }

  public ResponseLayout linkedBy(String field) {
    return new ResponseLayout(recordsField, field, totalField, type, wanted, extracted);
  }

  public ResponseLayout totalIn(String field) {
    return new ResponseLayout(recordsField, linkField, field, type, wanted, extracted);
  }

  public ResponseLayout of(ResponseType type) {
    return new ResponseLayout(
        recordsField, linkField, totalField, Optional.of(type), wanted, extracted);
  }

  public ResponseLayout only(Predicate<SourceRecord> wanted) {
    return new ResponseLayout(recordsField, linkField, totalField, type, wanted, extracted);
  }

  /** Adds fields to those that are extracted. */
  public ResponseLayout extracting(Collection<String> paths) {
    var all = new HashSet<>(extracted);
    all.addAll(paths);
    return new ResponseLayout(recordsField, linkField, totalField, type, wanted, all);
  }
}
