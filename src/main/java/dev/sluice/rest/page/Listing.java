package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.json.FieldSelection;
import dev.sluice.rest.json.RecordPath;
import dev.sluice.rest.json.ResponseLayout;
import dev.sluice.rest.json.ResponseType;
import dev.sluice.spi.AddedFields;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.SourceRecord;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A list of the source: the request for its first page, where the records are in a response, and
 * how the next page is found.
 *
 * @param recordsField the dotted path to the array of records; empty when the response is the array
 * @param emptyStatuses statuses with which the source says that there are no records
 * @param passingStatuses statuses with which it says that a later read may succeed
 * @param marker the type that every response declares
 * @param wanted selects the elements of the array that belong to the list
 * @param extracted dotted paths to fields that are read from every record, or added to it
 */
@ConnectorApi
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

  /** Describes a response that is the array itself, on one page. */
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
   * Sets where the records are.
   *
   * @param field the dotted path to the array; {@code entry[].resource} when each record is in the
   *     field {@code resource} of an element of {@code entry}
   */
  public Listing recordsIn(String field) {
    return new Listing(
        request, field, pagination, emptyStatuses, passingStatuses, marker, wanted, extracted);
  }

  /** Declares that the response is not a list but one record. */
  public Listing single() {
    return recordsIn(RecordPath.WHOLE);
  }

  public Listing paginated(Pagination pagination) {
    return new Listing(
        request,
        recordsField,
        pagination,
        emptyStatuses,
        passingStatuses,
        marker,
        wanted,
        extracted);
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
        request,
        recordsField,
        pagination,
        emptyStatuses,
        passingStatuses,
        marker,
        wanted,
        extracted);
  }

  /** Treats this status, such as GitHub's 409, as a list without records. */
  public Listing emptyOn(int status) {
    return new Listing(
        request,
        recordsField,
        pagination,
        Set.of(status),
        passingStatuses,
        marker,
        wanted,
        extracted);
  }

  /** Treats this status as "not at the moment"; a later read may succeed. */
  public Listing unavailableOn(int status) {
    return new Listing(
        request,
        recordsField,
        pagination,
        emptyStatuses,
        Set.of(status),
        marker,
        wanted,
        extracted);
  }

  /**
   * Requires that every response declares its type by this field. One that does not is refused; one
   * that does may leave out the array of records when it would be empty.
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
   * Keeps only the elements that pass. The predicate sees each element with what surrounds the
   * record. What it throws becomes an error of the page.
   */
  public Listing only(Predicate<SourceRecord> wanted) {
    return new Listing(
        request,
        recordsField,
        pagination,
        emptyStatuses,
        passingStatuses,
        marker,
        wanted,
        extracted);
  }

  /**
   * Extracts some fields of each record when its page is scanned: {@link SourceRecord#text} and
   * {@link SourceRecord#with(AddedFields)} then need no scan of their own.
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
    return new ResponseLayout(
        recordsField, linkField, marker, wanted, new FieldSelection(extracted));
  }
}
