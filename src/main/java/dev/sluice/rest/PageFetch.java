package dev.sluice.rest;

/** Fetches one page. */
@FunctionalInterface
interface PageFetch {
  Page page(Listing listing, Request request);
}
