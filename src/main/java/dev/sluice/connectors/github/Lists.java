package dev.sluice.connectors.github;

import dev.sluice.rest.Listing;
import dev.sluice.rest.Pagination;
import dev.sluice.rest.Request;
import dev.sluice.spi.Options;

/** GitHub's lists: arrays whose next page is in the {@code Link} header. */
final class Lists {
  static final int MOST_PER_PAGE = 100;

  private Lists() {}

  static Listing of(Request request, Options options) {
    return of(request, options.get(GitHubProvider.PER_PAGE));
  }

  static Listing of(Request request, int perPage) {
    return Listing.of(request.with("per_page", Integer.toString(perPage)))
        .paginated(Pagination.linkHeader());
  }
}
