package dev.sluice.connectors.github.table;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;

/** GitHub's lists: arrays whose next page is in the {@code Link} header. */
final class Lists {
  static final int MOST_PER_PAGE = 100;
  static final String PER_PAGE = "per_page";

  private Lists() {}

  static Listing of(Request request, Options options) {
    return of(request, perPage(options));
  }

  /** Returns the page size to ask for: that of the options, but no more than GitHub allows. */
  static int perPage(Options options) {
    return Math.min(MOST_PER_PAGE, options.get(TableOptions.PER_PAGE));
  }

  static Listing of(Request request, int perPage) {
    return Listing.of(request).sizedBy(PER_PAGE, perPage).paginated(Pagination.linkHeader("page"));
  }

  /** Returns a strategy that reads the whole of a list. */
  static Snapshot snapshot(ApiClient api, Listing list, PrimaryKey key) {
    int asked = list.request().parameter(PER_PAGE).map(Integer::parseInt).orElse(1);
    return Snapshot.of(api, list, key).pagesOf(asked);
  }
}
