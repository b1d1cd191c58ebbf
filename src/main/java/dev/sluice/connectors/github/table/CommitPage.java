package dev.sluice.connectors.github.table;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of commits that does not change.
 *
 * @param page its number, from 1
 * @param perPage the page size by which pages are counted
 * @param asked the page size that the options asked for; absent where it is the same
 */
record CommitPage(int page, int perPage, @Nullable Integer asked) {

  static CommitPage first(int perPage) {
    return new CommitPage(1, perPage, perPage);
  }

  /** Returns the same place, for pages of the size that the options ask for now. */
  CommitPage in(int wanted) {
    int before = Optional.ofNullable(asked).orElse(perPage);
    return wanted == before ? this : resized(wanted, wanted);
  }

  /** Returns the page that holds the first commit of this one. */
  private CommitPage resized(int size, int asked) {
    return new CommitPage((int) ((page - 1L) * perPage / size) + 1, size, asked);
  }

  /** Returns the place of a page that was read, which may be a smaller one. */
  CommitPage read(Page read) {
    int before = Optional.ofNullable(asked).orElse(perPage);
    return read.smaller()
        .map(
            smaller ->
                new CommitPage(
                    (int) smaller.number("page").orElse(1),
                    (int) smaller.number(Lists.PER_PAGE).orElse(perPage),
                    before))
        .orElse(this);
  }

  /**
   * Returns the next page.
   *
   * @param commits how many there were on this one, which may be fewer than were asked for
   */
  CommitPage next(int commits) {
    return new CommitPage(page + 1, Math.clamp(commits, 1, perPage), asked);
  }

  /** Fetches this page of a list. */
  Page of(Listing list, ApiClient api) {
    Listing sized = list.sizedBy(Lists.PER_PAGE, perPage);
    return api.page(sized, sized.request().with("page", Integer.toString(page)));
  }
}
