package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The records of one cursor value that fill more than a page. They are read pass after pass, until
 * two passes agree.
 */
final class TiedGroup {
  private static final int MOST_PASSES = 20;

  private final Set<String> seen = new HashSet<>();
  private final Listing listing;
  private FollowedPages followed;
  private Optional<Instant> beyond = Optional.empty();
  private Optional<Set<String>> seenBefore = Optional.empty();
  private Optional<Instant> beyondBefore = Optional.empty();
  private int passes;

  TiedGroup(Listing listing) {
    this.listing = listing;
    this.followed = new FollowedPages(listing);
  }

  /** Accepts the next page's request if this pass did not follow it before. */
  Request follow(Request next) {
    return followed.follow(next);
  }

  /** Returns the page that follows; empty at the end. */
  Optional<Request> after(Request current, Page page) {
    return followed.after(current, page);
  }

  void saw(String fingerprint) {
    seen.add(fingerprint);
  }

  /**
   * Ends the pass and returns whether the one before saw the same records.
   *
   * @param value the first later cursor value; which record has it may differ from search to search
   */
  boolean agreesWithPreviousPass(Optional<Instant> value) {
    beyond = value;
    return seenBefore.equals(Optional.of(seen)) && beyondBefore.equals(beyond);
  }

  void startNextPass() {
    passes++;
    if (passes == MOST_PASSES) {
      throw ConnectorException.transientFailure(
          "The records of one cursor value kept changing while they were read, %d times in a row"
              .formatted(MOST_PASSES));
    }
    seenBefore = Optional.of(Set.copyOf(seen));
    beyondBefore = beyond;
    seen.clear();
    followed = new FollowedPages(listing);
  }
}
