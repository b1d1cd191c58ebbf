package dev.sluice.connectors.github.table;

import dev.sluice.rest.page.Listing;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import java.util.List;

/** The reviews of the pull requests that have changed, with all reviews of each. */
record ReviewsTable(TableSpec spec) implements RepositoryTable {

  /**
   * Each pull request costs a request for its reviews, and a microbatch ends between pages only.
   */
  private static final int PULL_REQUESTS_AT_A_TIME = 20;

  ReviewsTable() {
    this(
        TableSpecs.ofRepositories(
            "reviews",
            TableMetadata.cdc(TableSpecs.ID, Fields.PULL_REQUEST_UPDATED_AT),
            TableOptions.STATE,
            TableOptions.PULL_NUMBER,
            TableOptions.START_DATE,
            TableOptions.LOOKBACK_SECONDS,
            Incremental.FUTURE_TOLERANCE_SECONDS));
  }

  @Override
  public Offset read(RepositoryRead read, Offset start, RecordEmitter out) {
    Listing pulls = pulls(read);
    return read.newestFirst(pulls)
        .delivering(pull -> reviews(read, pulls, pull))
        .read(read.from(), start, out);
  }

  private static Listing pulls(RepositoryRead read) {
    int perPage = Math.min(PULL_REQUESTS_AT_A_TIME, Lists.perPage(read.options()));
    return read.options()
        .find(TableOptions.PULL_NUMBER)
        .map(number -> Listing.of(read.repository().get("pulls/" + number)).single())
        .orElseGet(() -> read.pulls(perPage));
  }

  /**
   * Reads all reviews of a pull request, because a dismissed review has no date that shows the
   * change.
   */
  private static List<SourceRecord> reviews(RepositoryRead read, Listing pulls, SourceRecord pull) {
    long number = Long.parseLong(pull.text("number").orElseThrow());
    String updated = pull.text("updated_at").orElseThrow();
    Listing reviews = read.list("pulls/" + number + "/reviews");
    return Lists.snapshot(read.api(), reviews, TableSpecs.ID).recordsBelow(pulls).stream()
        .map(
            review ->
                review
                    .with(Fields.PULL_NUMBER, number)
                    .with(Fields.PULL_REQUEST_UPDATED_AT, updated))
        .toList();
  }
}
