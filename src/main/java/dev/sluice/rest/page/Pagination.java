package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorApi;
import java.util.Optional;
import java.util.function.Predicate;

/** A way to find a list's next page. Each kind shows a response and what is sent after it. */
@ConnectorApi
public sealed interface Pagination {

  /**
   * The {@code Link} response header's relation {@code next} (RFC 8288).
   *
   * <pre>{@code
   * GET /items            Link: </items?page=2>; rel="next", </items?page=9>; rel="last"
   *                       [{"id": 1}, {"id": 2}]
   * GET /items?page=2
   * }</pre>
   */
  static Pagination linkHeader() {
    return new NextLink(Optional.empty());
  }

  /**
   * As {@link #linkHeader()}, for a source whose links count pages, from 1, in a parameter. Such a
   * place is known without its link, and for pages of another size.
   */
  static Pagination linkHeader(String pageParameter) {
    return new NextLink(Optional.of(pageParameter));
  }

  /**
   * A URL in the response; absent, null or empty on the last page.
   *
   * <pre>{@code
   * GET /items            {"items": [{"id": 1}], "next": "/items?after=1"}
   * GET /items?after=1    {"items": [{"id": 2}], "next": null}
   * }</pre>
   *
   * @param field a dotted path; a link among others is {@code link[relation=next].url}
   */
  static Pagination nextUrl(String field) {
    return new NextUrl(field, url -> false);
  }

  /**
   * As {@link #nextUrl(String)}, for a source some of whose links are {@linkplain #isSteady
   * steady}: they lead through a list that stays as it was when it was made, or go on behind the
   * last record.
   *
   * <pre>{@code
   * GET /items                  {"items": [{"id": 1}], "next": "/items?snapshot=f00&page=2"}
   * GET /items?snapshot=f00&page=2
   * }</pre>
   *
   * @param steady takes the link's absolute URL
   */
  static Pagination nextUrl(String field, Predicate<String> steady) {
    return new NextUrl(field, steady);
  }

  /**
   * A token in the response that goes into a parameter and says behind which record the next page
   * begins; absent, null or empty at the end. One that counts records is a {@link #pageNumber(
   * String, String)}.
   *
   * <pre>{@code
   * GET /items                  {"items": [{"id": 1}], "paging": {"after": "MQ=="}}
   * GET /items?after=MQ%3D%3D   {"items": [{"id": 2}]}
   * }</pre>
   */
  static Pagination cursorToken(String parameter, String field) {
    return new CursorToken(parameter, field);
  }

  /**
   * A parameter that counts pages; the field holds the next number, absent or null at the end.
   *
   * <pre>{@code
   * GET /items            {"items": [{"id": 1}], "next_page": 2}
   * GET /items?page=2     {"items": [{"id": 2}], "next_page": null}
   * }</pre>
   */
  static Pagination pageNumber(String parameter, String field) {
    return new PageNumber(parameter, Optional.of(field));
  }

  /**
   * A parameter that counts pages, from 1 unless the request says otherwise, to an empty page.
   *
   * <pre>{@code
   * GET /items            [{"id": 1}, {"id": 2}]
   * GET /items?page=2     [{"id": 3}]
   * GET /items?page=3     []
   * }</pre>
   */
  static Pagination pageNumber(String parameter) {
    return new PageNumber(parameter, Optional.empty());
  }

  /**
   * The number of records to skip and to deliver, until a page is shorter than {@code size}: for a
   * source that honours the limit. One that may deliver less is read by {@link #offset}.
   *
   * <pre>{@code
   * GET /items?limit=2             [{"id": 1}, {"id": 2}]
   * GET /items?limit=2&offset=2    [{"id": 3}]
   * }</pre>
   */
  static Pagination offsetLimit(String offsetParameter, String limitParameter, int size) {
    return new OffsetLimit(offsetParameter, limitParameter, size);
  }

  /**
   * The number of records to skip, until a page is empty.
   *
   * <pre>{@code
   * GET /items             [{"id": 1}, {"id": 2}]
   * GET /items?skip=2      [{"id": 3}]
   * GET /items?skip=3      []
   * }</pre>
   */
  static Pagination offset(String parameter) {
    return new SkippedRecords(parameter);
  }

  /**
   * All records are in one response.
   *
   * <pre>{@code
   * GET /items            [{"id": 1}, {"id": 2}, {"id": 3}]
   * }</pre>
   */
  static Pagination none() {
    return new None();
  }

  /**
   * Whether nothing moves over the edge between a page and the next one, whatever happens to the
   * source meanwhile.
   */
  default boolean isSteady(Request next) {
    return switch (this) {
      case NextUrl url -> url.steady().test(next.path());
      case CursorToken token -> true;
      case None none -> true;
      case NextLink link -> false;
      case PageNumber number -> false;
      case OffsetLimit offset -> false;
      case SkippedRecords skipped -> false;
    };
  }

  /**
   * Returns whether the headers of a response lead to other pages. Its body and its tag then do not
   * tell whether a page follows.
   */
  default boolean isLinkedByHeader() {
    return switch (this) {
      case NextLink link -> true;
      case NextUrl url -> false;
      case CursorToken token -> false;
      case PageNumber number -> false;
      case OffsetLimit offset -> false;
      case SkippedRecords skipped -> false;
      case None none -> false;
    };
  }

  /** Returns the parameter that counts what lies before a page, where there is one. */
  default Optional<PageCounter> counter() {
    return switch (this) {
      case NextLink link -> link.pageParameter().map(PageCounter::ofPages);
      case PageNumber number -> Optional.of(PageCounter.ofPages(number.parameter()));
      case OffsetLimit offset ->
          Optional.of(PageCounter.ofRecords(offset.offsetParameter(), offset.size()));
      case SkippedRecords skipped -> Optional.of(PageCounter.ofRecords(skipped.parameter(), 0));
      case NextUrl url -> Optional.empty();
      case CursorToken token -> Optional.empty();
      case None none -> Optional.empty();
    };
  }

  record NextLink(Optional<String> pageParameter) implements Pagination {}

  record NextUrl(String field, Predicate<String> steady) implements Pagination {}

  record CursorToken(String parameter, String field) implements Pagination {}

  record PageNumber(String parameter, Optional<String> field) implements Pagination {}

  record OffsetLimit(String offsetParameter, String limitParameter, int size)
      implements Pagination {

    public OffsetLimit {
      if (size < 1) {
        throw new IllegalArgumentException("A page holds at least one record, not " + size);
      }
    }
  }

  record SkippedRecords(String parameter) implements Pagination {}

  record None() implements Pagination {}
}
