package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The sizes of pages that a source can give, list by list, for one run. A list whose page was
 * halved is asked for such pages to the end of the run: the reason is in its records, and to try a
 * larger page costs two failures, or as many timeouts. May be used from any thread.
 */
public final class PageSizes {
  private static final int MOST_LISTS = 1_000;

  private final Consumer<String> warnings;
  private final Map<String, Integer> most = lists();
  private final Map<String, Integer> seen = lists();
  private final Set<String> warned = new HashSet<>();

  public PageSizes(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  private static Map<String, Integer> lists() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
        return size() > MOST_LISTS;
      }
    };
  }

  /** Returns a page's place for pages that are not too large for the source, as far as is known. */
  public synchronized Request fit(Listing listing, Request page) {
    return Optional.ofNullable(most.get(name(listing)))
        .flatMap(records -> listing.smaller(page, records, seen(listing)))
        .orElse(page);
  }

  /** Returns a page's place for pages of one record; empty where it is one. */
  public synchronized Optional<Request> least(Listing listing, Request page) {
    return listing.smaller(page, 1, seen(listing));
  }

  /** Returns a page's place for pages of half its size, of which there is a {@link #least}. */
  public synchronized Request halved(Listing listing, Request page) {
    int records = listing.size().orElseThrow().in(page) / 2;
    return listing.smaller(page, records, seen(listing)).orElseThrow();
  }

  /** Notes how many records were on a page. */
  public synchronized void saw(Listing listing, int elements) {
    if (listing.size().isPresent() && elements > 0) {
      seen.merge(name(listing), elements, Math::max);
    }
  }

  /**
   * Notes that the source gives a page and does not give a larger one.
   *
   * @param why what the larger one failed with
   */
  public synchronized void halve(Listing listing, Request page, String why) {
    int records = listing.size().orElseThrow().in(page);
    most.put(name(listing), records);
    if (warned.size() < MOST_LISTS && warned.add(name(listing))) {
      warnings.accept(
          "%s is asked for in smaller pages, now of %d, to the end of this run, because larger ones may be too heavy for the source: %s"
              .formatted(listing.request().path(), records, why));
    }
  }

  private int seen(Listing listing) {
    return seen.getOrDefault(name(listing), Integer.MAX_VALUE);
  }

  private static String name(Listing listing) {
    return listing.request().method() + " " + listing.request().path();
  }
}
