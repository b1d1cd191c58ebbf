package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;
import java.util.Optional;

/** Fetches one page. */
@FunctionalInterface
public interface PageFetch {
  Page page(Listing listing, Request request);

  /** Fetches a page; empty when it still has the tag that is known of it. */
  default Optional<Page> pageUnless(PageTag known, Listing listing, Request request) {
    return Optional.of(page(listing, request));
  }
}
