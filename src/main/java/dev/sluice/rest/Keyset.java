package dev.sluice.rest;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Goes through a query by a key that never changes: each page is asked for anew, beyond the last
 * key of the page before. No record shifts another one, no page number meets a ceiling, and records
 * that share a timestamp are no special case.
 *
 * @param field the whole number that is the key, as a dotted path; the query is sorted by it,
 *     ascending, and takes it as an exclusive lower bound
 */
public record Keyset(String field) {

  /**
   * The page beyond a key.
   *
   * @param listing the query beyond {@code place}; its pagination says whether more follows
   * @param place the key that the page begins beyond; empty for the first page
   * @throws ConnectorException of kind {@code PROTOCOL} when the source does not sort by the key
   */
  public SweptPage page(ApiClient api, Listing listing, Optional<String> place) {
    Page page = api.page(listing, listing.request());
    Optional<BigInteger> last = place.map(BigInteger::new);
    for (SourceRecord record : page.records()) {
      BigInteger key = key(record);
      if (last.isPresent() && key.compareTo(last.get()) <= 0) {
        throw ConnectorException.protocol(
            "%s is to be sorted by '%s', but %s comes after %s"
                .formatted(listing.request().path(), field, key, last.get()));
      }
      last = Optional.of(key);
    }
    boolean ended = page.next().isEmpty() || page.records().isEmpty();
    return new SweptPage(page.records(), ended ? Optional.empty() : last.map(BigInteger::toString));
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
