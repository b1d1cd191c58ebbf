package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.PageTag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the pages of a list and collects their tags, as long as the tags stand for exactly what
 * was delivered: every fetched page is in the last pass and had one tag in all passes.
 */
public final class TaggedPages implements PageFetch {
  private static final int MOST_PAGES = 200;
  private static final int MOST_CHARACTERS = 20_000;

  private final PageFetch fetch;
  private final Request first;

  /** The tags of the pages before the first one, which earlier microbatches delivered. */
  private final List<PageTag> before;

  private final Map<String, String> tags = new HashMap<>();
  private final List<PageTag> pass = new ArrayList<>();
  private boolean reliable;

  private TaggedPages(PageFetch fetch, Request first, List<PageTag> before) {
    this.fetch = fetch;
    this.first = first;
    this.before = before;
  }

  /** Starts at the first page of the list. */
  public static TaggedPages from(PageFetch fetch, Request first) {
    var pages = new TaggedPages(fetch, first, List.of());
    pages.reliable = true;
    return pages;
  }

  /**
   * Starts at the last of these pages, which is fetched again. Keeps no tags when they cannot be
   * relied on.
   */
  public static TaggedPages after(PageFetch fetch, Request first, List<PageTag> known) {
    if (known.isEmpty()) {
      return new TaggedPages(fetch, first, List.of());
    }
    var pages = new TaggedPages(fetch, first, known.subList(0, known.size() - 1));
    pages.tags.put(known.getLast().url(), known.getLast().tag());
    pages.reliable = true;
    return pages;
  }

  @Override
  public Page page(Listing listing, Request request) {
    Page page = fetch.page(listing, request);
    if (request.equals(first)) {
      pass.clear();
    }
    reliable = reliable && page.tag().filter(this::isTheOnlyOne).isPresent();
    page.tag().ifPresent(pass::add);
    return page;
  }

  private boolean isTheOnlyOne(PageTag page) {
    String earlier = tags.putIfAbsent(page.url(), page.tag());
    return (earlier == null || earlier.equals(page.tag())) && tags.size() <= MOST_PAGES;
  }

  /** Returns the tags of all pages so far, in their order; empty when they cannot be relied on. */
  public Optional<List<PageTag>> known() {
    if (!reliable || tags.size() != pass.size()) {
      return Optional.empty();
    }
    var known = new ArrayList<>(before);
    known.addAll(pass);
    boolean fits =
        known.size() <= MOST_PAGES
            && known.stream().mapToInt(PageTag::characters).sum() <= MOST_CHARACTERS;
    return fits ? Optional.of(known) : Optional.empty();
  }
}
