package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.json.Splitter.Split;
import dev.sluice.spi.ConnectorException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The check that lists which tell their size do not end before it. It follows each list from its
 * first page on; of a list that is continued in the middle it knows nothing. May be used from any
 * thread.
 *
 * <p>A list that ends early is an error when all its pages are full. When they are not, the source
 * may count what it does not show, and the operator is warned.
 */
public final class ListTotals {
  private static final int MOST_LISTS = 100;

  private final Function<Request, String> url;
  private final Consumer<String> warnings;
  private final Set<String> warned = new HashSet<>();
  private final Map<String, Part> parts =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Part> eldest) {
          return size() > MOST_LISTS;
        }
      };

  /**
   * What came of a list before one of its pages.
   *
   * @param full whether all pages were full
   * @param total the last that was told
   */
  private record Part(long records, boolean full, Optional<Long> total) {}

  /**
   * @param url identifies the requests for the same page
   */
  public ListTotals(Function<Request, String> url, Consumer<String> warnings) {
    this.url = url;
    this.warnings = warnings;
  }

  /** Begins a list with the request for its first page, unless that is a later page of a list. */
  public synchronized void begin(Listing listing, Request first) {
    if (!listing.layout().totalField().isEmpty()) {
      parts.putIfAbsent(page(first), new Part(0, true, Optional.empty()));
    }
  }

  /** Follows a list by the place of a page for a smaller one. */
  public synchronized void replace(Request page, Request smaller) {
    Optional.ofNullable(parts.get(page(page))).ifPresent(part -> parts.put(page(smaller), part));
  }

  /**
   * Takes the next page of a list.
   *
   * @throws ConnectorException of kind {@code PROTOCOL} when it is the last and must not be
   */
  public synchronized void take(
      Listing listing, Request request, Split split, Optional<Request> next) {
    Part before = parts.get(page(request));
    if (before == null) {
      return;
    }
    int records = split.records().size();
    boolean full = listing.size().filter(size -> records >= size.in(request)).isPresent();
    var part =
        new Part(
            before.records() + records, before.full() && full, split.total().or(before::total));
    if (next.isPresent()) {
      parts.put(page(next.get()), part);
    } else if (part.total().filter(total -> total > part.records()).isPresent()) {
      endsEarly(listing, part);
    }
  }

  private void endsEarly(Listing listing, Part part) {
    String message =
        "the list has %d records, as its '%s' says, and gave %d without a link to more"
            .formatted(part.total().orElseThrow(), listing.layout().totalField(), part.records());
    if (part.full()) {
      throw ConnectorException.protocol(message);
    }
    if (warned.add(listing.request().path())) {
      warnings.accept(
          "%s: %s; the source may count what it does not show"
              .formatted(listing.request().path(), message));
    }
  }

  private String page(Request request) {
    return url.apply(request) + request.body().orElse("");
  }
}
