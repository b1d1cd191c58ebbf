package dev.sluice.rest;

import java.util.Optional;
import java.util.Set;

/**
 * A list of the source: the request for its first page, where the records lie in a response, and
 * how the next page is found.
 *
 * @param recordsField the dotted path to the array of records; empty when the response is the array
 * @param emptyStatuses statuses by which the source says that there are no records
 */
public record Listing(
    Request request, String recordsField, Pagination pagination, Set<Integer> emptyStatuses) {

  public Listing {
    emptyStatuses = Set.copyOf(emptyStatuses);
  }

  /** A response that is the array itself, on one page. */
  public static Listing of(Request request) {
    return new Listing(request, "", Pagination.none(), Set.of());
  }

  public Listing recordsIn(String field) {
    return new Listing(request, field, pagination, emptyStatuses);
  }

  public Listing paginated(Pagination pagination) {
    return new Listing(request, recordsField, pagination, emptyStatuses);
  }

  /** Adds or replaces a query parameter. */
  public Listing with(String parameter, String value) {
    return new Listing(request.with(parameter, value), recordsField, pagination, emptyStatuses);
  }

  /** Adds or replaces a query parameter, or leaves it as it is when there is no value. */
  public Listing with(String parameter, Optional<String> value) {
    return new Listing(request.with(parameter, value), recordsField, pagination, emptyStatuses);
  }

  /** The source answers this status, such as 409 of GitHub, when there are no records. */
  public Listing emptyOn(int status) {
    return new Listing(request, recordsField, pagination, Set.of(status));
  }
}
