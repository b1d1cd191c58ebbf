package dev.sluice.rest.page;

import dev.sluice.rest.http.Request;

/** Fetches one page. */
@FunctionalInterface
public interface PageFetch {
  Page page(Listing listing, Request request);
}
