package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import java.util.Optional;

/**
 * A query parameter that counts the pages, from 1, or the records, from 0, before a page. It knows
 * the place of a page without a link to it, and the same place for pages of another size.
 */
public record PageCounter(String parameter, Unit unit) {

  /** What is counted. */
  public enum Unit {
    PAGES,
    RECORDS
  }

  static PageCounter ofPages(String parameter) {
    return new PageCounter(parameter, Unit.PAGES);
  }

  static PageCounter ofRecords(String parameter) {
    return new PageCounter(parameter, Unit.RECORDS);
  }

  /** Returns the page before another one; empty before the first, or where the size is unknown. */
  Optional<Request> before(Request list, Request page, int size) {
    long first = number(list);
    long step = unit == Unit.PAGES ? 1 : size;
    long number = number(page);
    return number <= first || step == 0
        ? Optional.empty()
        : Optional.of(at(page, Math.max(first, number - step)));
  }

  /** Returns the page of another size on which the page's first record lies. */
  Request resized(Request list, Request page, long oldSize, long newSize) {
    if (unit == Unit.RECORDS || page.parameter(parameter).isEmpty()) {
      return page;
    }
    long first = number(list);
    return at(page, first + (number(page) - first) * oldSize / newSize);
  }

  private Request at(Request page, long number) {
    return page.with(parameter, Long.toString(number));
  }

  private long number(Request page) {
    return page.number(parameter).orElse(unit == Unit.PAGES ? 1 : 0);
  }
}
