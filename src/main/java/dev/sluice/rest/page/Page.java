package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.SourceRecord;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP response, split into its records.
 *
 * @param records slices of the response's bytes, which stay in memory as long as one of them does
 * @param next the request for the following page, empty on the last one
 * @param last the request for the last page, where the source names it
 * @param tag identifies the page's content, where the source has a tag
 * @param elements how many elements the source put on it, records or not
 * @param total how many records the whole list has, where the source tells
 * @param smaller the request that was answered, where it was not what was asked for but the same
 *     place for a smaller page
 */
@ConnectorApi
public record Page(
    List<SourceRecord> records,
    Optional<Request> next,
    Optional<Request> last,
    Optional<PageTag> tag,
    int elements,
    Optional<Long> total,
    Optional<Request> smaller) {

  public Page {
    records = List.copyOf(records);
  }

  public Page(List<SourceRecord> records, Optional<Request> next, Optional<Request> last) {
    this(records, next, last, Optional.empty(), records.size(), Optional.empty(), Optional.empty());
  }

  public Page(List<SourceRecord> records, Optional<Request> next) {
    this(records, next, Optional.empty());
  }

  /** Returns the page with some of its records. */
  public Page with(List<SourceRecord> some) {
    return new Page(some, next, last, tag, elements, total, smaller);
  }

  /** Returns the page as the last one of its list. */
  public Page withoutNext() {
    return new Page(records, Optional.empty(), last, tag, elements, total, smaller);
  }
}
