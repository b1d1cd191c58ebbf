package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;

/**
 * The pages of one way through a list. It notices a list that leads in a circle, and one that leads
 * on for ever behind its end.
 */
public final class FollowedPages {
  private static final int MOST_EMPTY = 100;

  private final String list;
  private FingerprintSet requested = new FingerprintSet();
  private int empty;

  /** Begins before the first page. */
  public FollowedPages(Listing list) {
    this.list = list.request().path();
  }

  /** Notes that a page is asked for. */
  public Request follow(Request page) {
    if (!requested.add(Fingerprints.of(page.path() + page.query() + page.body()))) {
      throw ConnectorException.protocol(
          "A page of %s links to a page that was already read".formatted(list));
    }
    return page;
  }

  /** Forgets the pages so far, when the way begins again before them. */
  void forget() {
    requested = new FingerprintSet();
  }

  /** Returns the page that follows; empty at the end, which an empty page may link to itself. */
  public Optional<Request> after(Request current, Page page) {
    empty = page.elements() == 0 ? empty + 1 : 0;
    if (empty == MOST_EMPTY) {
      throw ConnectorException.protocol(
          "%s: %d pages in a row hold no record and lead on".formatted(list, MOST_EMPTY));
    }
    return page.next().filter(next -> empty == 0 || !next.equals(current));
  }
}
