package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
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
 * @param emptyStatuses statuses with which the source says that there are no records
 * @param passingStatuses statuses with which it says that a later read may succeed
 * @param size how many records a page is asked for, where the source can be told
 */
@ConnectorApi
public record Listing(
    Request request,
    Pagination pagination,
    Set<Integer> emptyStatuses,
    Set<Integer> passingStatuses,
    Optional<PageSize> size,
    ResponseLayout layout) {

  public Listing {
    emptyStatuses = Set.copyOf(emptyStatuses);
    passingStatuses = Set.copyOf(passingStatuses);
  }

  /** Describes a response that is the array itself, on one page. */
  public static Listing of(Request request) {
    return new Listing(
        request, Pagination.none(), Set.of(), Set.of(), Optional.empty(), ResponseLayout.ARRAY);
  }

  /**
   * Sets where the records are.
   *
   * @param field the dotted path to the array; {@code entry[].resource} when each record is in the
   *     field {@code resource} of an element of {@code entry}
   */
  public Listing recordsIn(String field) {
    return laidOut(layout.recordsIn(field));
  }

  /**
   * Asks for so many records on a page. The request may be repeated for fewer.
   *
   * @param parameter of the query; of a POST, a field of its JSON
   */
  public Listing sizedBy(String parameter, int records) {
    var size = new PageSize(parameter, records);
    return new Listing(
        size.asked(request), pagination, emptyStatuses, passingStatuses, Optional.of(size), layout);
  }

  /**
   * Declares that responses tell how many records the list has. A list that says more than it gives
   * is refused.
   *
   * @param field the dotted path to the number
   */
  public Listing totalIn(String field) {
    return laidOut(layout.totalIn(field));
  }

  /** Declares that the response is not a list but one record. */
  public Listing single() {
    return recordsIn(RecordPath.WHOLE);
  }

  public Listing paginated(Pagination pagination) {
    Optional<PageSize> size = this.size;
    if (size.isEmpty() && pagination instanceof Pagination.OffsetLimit p) {
      size = Optional.of(new PageSize(p.limitParameter(), p.size()));
    }
    return new Listing(request, pagination, emptyStatuses, passingStatuses, size, layout);
  }

  /** Adds or replaces a query parameter. */
  public Listing with(String parameter, String value) {
    return asking(request.with(parameter, value));
  }

  /**
   * Adds or replaces a query parameter whose value begins with a prefix, such as FHIR's {@code ge}.
   */
  public Listing with(String parameter, String prefix, String value) {
    return asking(request.with(parameter, prefix, value));
  }

  /** Adds or replaces a query parameter, or leaves it as it is when there is no value. */
  public Listing with(String parameter, Optional<String> value) {
    return asking(request.with(parameter, value));
  }

  private Listing asking(Request request) {
    return new Listing(request, pagination, emptyStatuses, passingStatuses, size, layout);
  }

  /** Treats this status, such as GitHub's 409 or a 204, as a list without records. */
  public Listing emptyOn(int status) {
    var statuses = new HashSet<>(emptyStatuses);
    statuses.add(status);
    return new Listing(request, pagination, statuses, passingStatuses, size, layout);
  }

  /** Treats this status as "not at the moment"; a later read may succeed. */
  public Listing unavailableOn(int status) {
    return new Listing(request, pagination, emptyStatuses, Set.of(status), size, layout);
  }

  /**
   * Requires that every response declares its type by this field. One that does not is refused; one
   * that does may leave out the array of records when it would be empty.
   */
  public Listing markedBy(String field, String text) {
    return laidOut(layout.of(new ResponseType(field, text)));
  }

  /**
   * Keeps only the elements that pass. The predicate sees each element with what surrounds the
   * record. What it throws becomes an error of the page.
   */
  public Listing only(Predicate<SourceRecord> wanted) {
    return laidOut(layout.only(wanted));
  }

  /**
   * Extracts some fields of each record when its page is scanned: {@link SourceRecord#text} and
   * {@link SourceRecord#with(AddedFields)} then need no scan of their own.
   *
   * @param paths dotted
   */
  public Listing extracting(Collection<String> paths) {
    return laidOut(layout.extracting(paths));
  }

  private Listing laidOut(ResponseLayout layout) {
    return new Listing(request, pagination, emptyStatuses, passingStatuses, size, layout);
  }

  /** Returns the request for the page before another one, where the pages are counted. */
  public Optional<Request> before(Request page) {
    Optional<Integer> records = size.map(asked -> asked.in(page));
    return pagination.counter().flatMap(counter -> counter.before(request, page, records));
  }

  /** Returns the page of this list that is counted as that of another list. */
  public Request counted(Request page) {
    return pagination
        .counter()
        .flatMap(
            counter ->
                page.parameter(counter.parameter())
                    .map(number -> request.with(counter.parameter(), number)))
        .orElse(request);
  }

  /** Returns whether a page is known as the first. */
  public boolean isFirst(Request page) {
    return page.equals(request)
        || pagination.counter().filter(counter -> counter.isFirst(request, page)).isPresent();
  }

  /**
   * Returns the list without a size: its pages are asked for as they are, and never made smaller.
   */
  public Listing unsized() {
    return new Listing(
        request, pagination, emptyStatuses, passingStatuses, Optional.empty(), layout);
  }

  /**
   * Returns a page's place for pages of the size that this list asks for. A page that was halved
   * stays so until a larger one begins where it does: a read that went back would not advance.
   */
  Request fit(Request page) {
    return size.filter(wanted -> !staysHalved(page, wanted))
        .map(wanted -> resized(page, wanted, wanted.in(page), wanted.records()))
        .orElse(page);
  }

  private boolean staysHalved(Request page, PageSize wanted) {
    int old = wanted.in(page);
    return wanted.isHalvedTo(old)
        && pagination
            .counter()
            .filter(counter -> !counter.begins(request, page, old, wanted.records()))
            .isPresent();
  }

  /**
   * Returns a page's place for smaller pages; empty where it is as small.
   *
   * @param seen a number of records that was on one page: a source may give no more, whatever it is
   *     asked for, and then counts pages of that size
   */
  Optional<Request> smaller(Request page, int records, int seen) {
    return size.filter(asked -> asked.in(page) > records)
        .map(asked -> new PageSize(asked.parameter(), records))
        .map(
            smaller ->
                resized(page, smaller, Math.min(smaller.in(page), seen), Math.min(records, seen)));
  }

  /**
   * A link may count pages in a way that nobody has declared: it is not asked for larger ones,
   * which might begin behind its place.
   */
  private Request resized(Request page, PageSize wanted, int oldSize, int newSize) {
    int old = wanted.in(page);
    boolean mayCount = pagination.counter().isEmpty() && !page.path().equals(request.path());
    if (old == wanted.records() || (mayCount && old < wanted.records())) {
      return page;
    }
    Request sized = wanted.asked(page);
    return pagination
        .counter()
        .map(counter -> counter.resized(request, sized, oldSize, newSize))
        .orElse(sized);
  }
}
