package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.json.FieldSelection;
import dev.sluice.rest.json.RecordPath;
import dev.sluice.rest.json.ResponseLayout;
import dev.sluice.rest.json.ResponseType;
import dev.sluice.spi.AddedFields;
import dev.sluice.spi.SourceRecord;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A list of the source: the request for its first page, where the records lie in a response, and
 * how the next page is found.
 *
 * @param recordsField the dotted path to the array of records; empty when the response is the array
 * @param emptyStatuses statuses by which the source says that there are no records
 * @param passingStatuses statuses by which it says that a later read may succeed
 * @param marker what every response says of itself
 * @param wanted which elements of the array are of the list
 * @param extracted dotted paths to fields that are asked of every record, or added to it
 */
public record Listing(
    Request request,
    String recordsField,
    Pagination pagination,
    Set<Integer> emptyStatuses,
    Set<Integer> passingStatuses,
    Optional<ResponseType> marker,
    Predicate<SourceRecord> wanted,
    Set<String> extracted) {

  public Listing {
    emptyStatuses = Set.copyOf(emptyStatuses);
    passingStatuses = Set.copyOf(passingStatuses);
    extracted = Set.copyOf(extracted);
  }

  /** A response that is the array itself, on one page. */
  public static Listing of(Request request) {
    return new Listing(
        request,
        "",
        Pagination.none(),
        Set.of(),
        Set.of(),
        Optional.empty(),
        element -> true,
        Set.of());
  }

  /**
   * Where the records lie.
   *
   * @param field the dotted path to the array; {@code entry[].resource} when each record lies in
   *     the field {@code resource} of an element of {@code entry}
   */
  public Listing recordsIn(String field) {
    return new Listing(
        request, field, pagination, emptyStatuses, passingStatuses, marker, wanted, extracted);
  }

  /** The response is no list: it is the one record. */
  public Listing single() {
    return recordsIn(RecordPath.WHOLE);
  }

  public Listing paginated(Pagination pagination) {
    return new Listing(
        request, recordsField, pagination, emptyStatuses, passingStatuses, marker, wanted, extracted);
  }

  /** Adds or replaces a query parameter. */
  public Listing with(String parameter, String value) {
    return asking(request.with(parameter, value));
  }

  /** Adds or replaces a query parameter, or leaves it as it is when there is no value. */
  public Listing with(String parameter, Optional<String> value) {
    return asking(request.with(parameter, value));
  }

  private Listing asking(Request request) {
    return new Listing(
        request, recordsField, pagination, emptyStatuses, passingStatuses, marker, wanted, extracted);
  }

  /** The source answers this status, such as 409 of GitHub, when there are no records. */
  public Listing emptyOn(int status) {
    return new Listing(
        request, recordsField, pagination, Set.of(status), passingStatuses, marker, wanted, extracted);
  }

  /** The source answers this status when it cannot tell at the moment; a later read may succeed. */
  public Listing unavailableOn(int status) {
    return new Listing(
        request, recordsField, pagination, emptyStatuses, Set.of(status), marker, wanted, extracted);
  }

  /**
   * Every response says by this field what it is; one that does not is refused, and one that does
   * may leave out the array of records when it would be empty.
   */
  public Listing markedBy(String field, String text) {
    return new Listing(
        request,
        recordsField,
        pagination,
        emptyStatuses,
        passingStatuses,
        Optional.of(new ResponseType(field, text)),
        wanted,
        extracted);
  }

  /**
   * Only elements of the array that pass; all of them are asked about, with what lies around the
   * record. What the predicate throws becomes an error of the page.
   */
  public Listing only(Predicate<SourceRecord> wanted) {
    return new Listing(
        request, recordsField, pagination, emptyStatuses, passingStatuses, marker, wanted, extracted);
  }

  /**
   * Extracts some fields of each record when its page is scanned: {@link SourceRecord#text} and {@link
   * SourceRecord#with(AddedFields)} then need no scan of their own.
   *
   * @param paths dotted
   */
  public Listing extracting(Collection<String> paths) {
    var all = new HashSet<>(extracted);
    all.addAll(paths);
    return new Listing(
        request, recordsField, pagination, emptyStatuses, passingStatuses, marker, wanted, all);
  }

  public ResponseLayout shape(String linkField) {
    return new ResponseLayout(recordsField, linkField, marker, wanted, new FieldSelection(extracted));
  }
}
