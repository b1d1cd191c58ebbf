package dev.sluice.connectors.fhir;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.Options;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/** Describes the requests for resources of one type, by when they were last updated. */
record ResourceSearch(String resourceType, Options options, Outcomes outcomes) {
  static final String SORTED = "sorted";
  static final String UNSORTED = "unsorted";

  /** Says what to do about a server that ignores {@code _sort}. */
  static final String SET_UNSORTED = "set 'order: unsorted' for this table";

  private static final Pattern STEADY = Pattern.compile("[?&](_getpages|_page_token|ct)=[^&]");

  /** Begins a bound that includes its value. */
  static final String FROM = "ge";

  /** Begins a bound that does not. */
  static final String BEFORE = "lt";

  /** Formats bounds to the millisecond; a finer value is included with its millisecond. */
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  static String text(Instant value) {
    return INSTANT.format(value);
  }

  /**
   * Returns whether pages do not shift: the list was made once (HAPI), or it continues after the
   * last resource (Google, Azure). Other servers may number their pages.
   */
  static boolean isSteady(String link) {
    return STEADY.matcher(link).find();
  }

  boolean isSorted() {
    return options.get(FhirProvider.ORDER).equals(SORTED);
  }

  TimeCursor cursor() {
    return TimeCursor.on(FhirConnector.LAST_UPDATED)
        .identifiedBy(List.of("id", "meta.versionId"))
        .since("_lastUpdated", FROM)
        .until("_lastUpdated", BEFORE)
        .format(INSTANT)
        .sorted(isSorted() ? TimeCursor.Order.ASCENDING : TimeCursor.Order.UNSORTED)
        .withSortRemedy(SET_UNSORTED);
  }

  Listing matches() {
    Listing matches =
        bundle(Request.get("{type}", resourceType))
            .recordsIn("entry[].resource")
            .totalIn("total")
            .only(outcomes.andMatchesOf(resourceType));
    return isSorted() ? matches.with("_sort", "_lastUpdated") : matches;
  }

  /** Lists all versions of all resources, the newest first. */
  Listing history() {
    return bundle(Request.get("{type}/_history", resourceType))
        .recordsIn("entry")
        .only(outcomes.andAll());
  }

  private Listing bundle(Request request) {
    return Listing.of(request)
        .sizedBy("_count", options.get(FhirProvider.PAGE_SIZE))
        .markedBy("resourceType", "Bundle")
        .paginated(Pagination.nextUrl("link[relation=next].url", ResourceSearch::isSteady));
  }
}
