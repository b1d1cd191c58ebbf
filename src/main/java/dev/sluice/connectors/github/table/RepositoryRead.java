package dev.sluice.connectors.github.table;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.rest.strategy.NewestFirst;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The read of one repository's part of a table. */
record RepositoryRead(
    ConnectorContext context, ApiClient api, Repository repository, Options options) {
  private static final TimeCursor UPDATED =
      TimeCursor.on("updated_at").identifiedBy(List.of("id")).since("since");

  /** GitHub's status when issues are switched off. */
  private static final int NO_ISSUES = 410;

  Listing list(String path) {
    return repository.list(path, options);
  }

  String state() {
    return options.get(TableOptions.STATE);
  }

  /** Returns the time at which the first read begins. */
  Optional<Instant> from() {
    return options.find(TableOptions.START_DATE);
  }

  /** Reads a list that accepts a bound and sorts by it. */
  Offset updated(Listing listing, Offset start, RecordEmitter out) {
    return Incremental.of(
            context,
            api,
            listing.with("sort", "updated").with("direction", "asc").emptyOn(NO_ISSUES),
            UPDATED,
            options.get(TableOptions.LOOKBACK_SECONDS),
            options)
        .limitOnTheFly(from(), start, out);
  }

  /**
   * Returns a strategy that reads pull requests newest first, because GitHub accepts no {@code
   * since} for them.
   */
  NewestFirst newestFirst(Listing pulls) {
    return NewestFirst.of(
        context, api, pulls, UPDATED, options.get(TableOptions.LOOKBACK_SECONDS), options);
  }

  Listing pulls(int perPage) {
    return Lists.of(repository.get("pulls"), perPage)
        .with("state", state())
        .with("sort", "updated")
        .with("direction", "desc");
  }
}
