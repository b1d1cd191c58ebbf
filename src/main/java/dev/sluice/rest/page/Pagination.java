package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import java.util.Optional;
import java.util.function.Predicate;

/** How a list's next page is found. */
public sealed interface Pagination {

  /** The {@code Link} response header's relation {@code next} (RFC 8288). */
  static Pagination linkHeader() {
    return new LinkHeader();
  }

  /**
   * A URL in the response; absent, null or empty on the last page.
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
   * @param steady takes the link's absolute URL
   */
  static Pagination nextUrl(String field, Predicate<String> steady) {
    return new NextUrl(field, steady);
  }

  /**
   * A token in the response that goes into a parameter and says behind which record the next page
   * begins; absent, null or empty at the end. One that counts records is a {@link #pageNumber(
   * String, String)}.
   */
  static Pagination cursorToken(String parameter, String field) {
    return new CursorToken(parameter, field);
  }

  /** A parameter that counts pages; the field holds the next number, absent or null at the end. */
  static Pagination pageNumber(String parameter, String field) {
    return new PageNumber(parameter, Optional.of(field));
  }

  /** A parameter that counts pages, from 1 unless the request says otherwise, to an empty page. */
  static Pagination pageNumber(String parameter) {
    return new PageNumber(parameter, Optional.empty());
  }

  /**
   * The number of records to skip and to deliver, until a page is shorter than {@code size}: for a
   * source that honours the limit. One that may deliver less is read by {@link #offset}.
   */
  static Pagination offsetLimit(String offsetParameter, String limitParameter, int size) {
    return new OffsetLimit(offsetParameter, limitParameter, size);
  }

  /** The number of records to skip, until a page is empty. */
  static Pagination offset(String parameter) {
    return new Offset(parameter);
  }

  /** All records are in one response. */
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
      case LinkHeader link -> false;
      case PageNumber number -> false;
      case OffsetLimit offset -> false;
      case Offset offset -> false;
    };
  }

  record LinkHeader() implements Pagination {}

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

  record Offset(String parameter) implements Pagination {}

  record None() implements Pagination {}
}
