package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import java.util.Optional;

/**
 * A query parameter that counts the pages, from 1, or the records, from 0, before a page. It knows
 * the place of a page without a link to it, and the same place for pages of another size.
 *
 * @param step how far one page is from the next; 0 where only the request says
 */
public record PageCounter(String parameter, Unit unit, int step) {

  /** What is counted. */
  public enum Unit {
    PAGES,
    RECORDS
  }

  static PageCounter ofPages(String parameter) {
    return new PageCounter(parameter, Unit.PAGES, 1);
  }

  static PageCounter ofRecords(String parameter, int pageSize) {
    return new PageCounter(parameter, Unit.RECORDS, pageSize);
  }

  boolean isFirst(Request list, Request page) {
    return number(page) <= number(list);
  }

  /**
   * Returns the page before another one; empty before the first, or where the step is unknown.
   *
   * @param records that the page was asked for, if it was
   */
  Optional<Request> before(Request list, Request page, Optional<Integer> records) {
    int back = unit == Unit.PAGES ? step : records.orElse(step);
    return isFirst(list, page) || back == 0
        ? Optional.empty()
        : Optional.of(at(page, Math.max(number(list), number(page) - back)));
  }

  /** Returns the page of another size on which the page's first record lies. */
  Request resized(Request list, Request page, long oldSize, long newSize) {
    if (unit == Unit.RECORDS || page.parameter(parameter).isEmpty()) {
      return page;
    }
    long first = number(list);
    return at(page, first + (number(page) - first) * oldSize / newSize);
  }

  /** Returns whether a page of another size begins where the page does. */
  boolean begins(Request list, Request page, long oldSize, long newSize) {
    return unit == Unit.RECORDS || (number(page) - number(list)) * oldSize % newSize == 0;
  }

  private Request at(Request page, long number) {
    return page.with(parameter, Long.toString(number));
  }

  private long number(Request page) {
    return page.number(parameter).orElse(unit == Unit.PAGES ? 1 : 0);
  }
}
