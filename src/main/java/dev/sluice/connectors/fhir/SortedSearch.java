package dev.sluice.connectors.fhir;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A search of a server that is said to obey {@code _sort}, for single resources. */
record SortedSearch(ApiClient api, ResourceSearch search) {

  /** The precision of a server's filter, which may be coarser than a timestamp. */
  private static final Duration PRECISION = Duration.ofSeconds(1);

  /**
   * Asks for the oldest and for the newest resource. A server that ignores {@code _sort} answers
   * both with the same one, and reading it would lose every resource that comes before a later one.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when the server does not sort
   */
  void requireSorted() {
    Optional<Instant> oldest = oldest(Optional.empty());
    Optional<Instant> newest = oldest.flatMap(value -> first("-_lastUpdated", Optional.empty()));
    if (oldest.isEmpty() || newest.isEmpty() || newest.get().isAfter(oldest.get())) {
      return;
    }
    Instant only = newest.get();
    boolean isAlone =
        oldest(Optional.of(only.plus(PRECISION))).filter(only::isBefore).isEmpty()
            && first("_lastUpdated", Optional.of(ResourceSearch.BEFORE + ResourceSearch.text(only)))
                .filter(only::isAfter)
                .isEmpty();
    if (!isAlone) {
      throw ConnectorException.configuration(
          "The server does not sort %s by _lastUpdated as it is asked to: %s"
              .formatted(search.resourceType(), ResourceSearch.SET_UNSORTED));
    }
  }

  /**
   * Returns when the oldest resource was last updated.
   *
   * @param from at or after which it was
   */
  Optional<Instant> oldest(Optional<Instant> from) {
    return first(
        "_lastUpdated", from.map(value -> ResourceSearch.FROM + ResourceSearch.text(value)));
  }

  /** Returns when the first resource of a search was last updated. */
  private Optional<Instant> first(String sort, Optional<String> lastUpdated) {
    TimeCursor cursor = search.cursor();
    Listing listing =
        search.matches().sizedBy("_count", 1).with("_sort", sort).with("_lastUpdated", lastUpdated);
    Optional<SourceRecord> first =
        api.page(listing, listing.request()).records().stream().findFirst();
    return first.map(cursor::value);
  }
}
