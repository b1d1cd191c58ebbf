package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a query by a key that never changes: each page is requested after the last key of the page
 * before. No record shifts another one, no page number meets a limit, and records that share a
 * timestamp need no special case.
 *
 * @param field the whole number that is the key, as a dotted path; the query is sorted by it,
 *     ascending, and takes it as an exclusive lower bound
 */
@ConnectorApi
public record Keyset(String field) {
  private static final int MOST_EMPTY_PAGES = 50;

  /**
   * Returns the page after a key: of the query's pages the first that holds a record, because an
   * empty page that has a next link is not the end.
   *
   * @param place the key that the page begins after; empty for the first page
   * @param query the query after {@code place}, or the {@code next} of one of its pages
   * @throws ConnectorException of kind {@code PROTOCOL} when the source does not sort by the key
   */
  public WindowScanPage page(
      Optional<String> place, Function<Optional<String>, WindowScanPage> query) {
    WindowScanPage page = query.apply(Optional.empty());
    for (int empty = 1; page.records().isEmpty() && page.next().isPresent(); empty++) {
      if (empty == MOST_EMPTY_PAGES) {
        throw ConnectorException.protocol(
            "%d pages in a row hold no record and lead on".formatted(empty));
      }
      page = query.apply(page.next());
    }
    Optional<String> last = last(place, page);
    return new WindowScanPage(page.records(), page.next().flatMap(token -> last));
  }

  private Optional<String> last(Optional<String> place, WindowScanPage page) {
    Optional<BigInteger> last = place.map(BigInteger::new);
    for (SourceRecord record : page.records()) {
      BigInteger key = key(record);
      if (last.isPresent() && key.compareTo(last.get()) <= 0) {
        throw ConnectorException.protocol(
            "A list is to be sorted by '%s', but %s comes after %s"
                .formatted(field, key, last.get()));
      }
      last = Optional.of(key);
    }
    return last.map(BigInteger::toString);
  }

  private BigInteger key(SourceRecord record) {
    return record
        .text(field)
        .filter(text -> text.matches("[0-9]{1,40}"))
        .map(BigInteger::new)
        .orElseThrow(
            () ->
                ConnectorException.protocol(
                    "A record has no whole number in '%s', the key of its list".formatted(field)));
  }
}
