package dev.sluice.connectors.github;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.rest.strategy.NewestFirst;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the tables of one repository. */
final class RepositoryTables {
  private static final TimeCursor UPDATED =
      TimeCursor.on("updated_at").identifiedBy(List.of("id")).since("since");

  /** Each costs a request for its reviews, and a microbatch ends between pages only. */
  private static final int PULL_REQUESTS_WITH_REVIEWS = 20;

  /** What GitHub answers when issues are switched off. */
  private static final int NO_ISSUES = 410;

  private final ConnectorContext context;
  private final ApiClient api;
  private final Repository repository;
  private final Options options;

  RepositoryTables(
      ConnectorContext context, ApiClient api, Repository repository, Options options) {
    this.context = context;
    this.api = api;
    this.repository = repository;
    this.options = options;
  }

  Offset read(GitHubTable table, Offset start, RecordEmitter out) {
    RecordEmitter named = repository.naming(out);
    return switch (table) {
      case ISSUES -> readUpdated(list("issues").with("state", state()), start, named);
      case COMMENTS -> readUpdated(list("issues/comments"), start, named);
      case PULL_REQUESTS -> newestFirst(pulls(Lists.perPage(options))).read(from(), start, named);
      case REVIEWS ->
          newestFirst(pullsWithReviews()).delivering(this::reviews).read(from(), start, named);
      case COMMITS -> new Commits(context, api, repository, options).read(start, named);
      case ASSIGNEES, COLLABORATORS, BRANCHES -> snapshot(table).read(start, named);
      case REPOSITORIES, TEAMS, ORGANIZATIONS, USERS ->
          throw new IllegalArgumentException(table + " is not of a repository");
    };
  }

  private Listing list(String path) {
    return repository.list(path, options);
  }

  private String state() {
    return options.get(GitHubProvider.STATE);
  }

  private Optional<Instant> from() {
    return options.find(GitHubProvider.START_DATE);
  }

  private Offset readUpdated(Listing listing, Offset start, RecordEmitter out) {
    return Incremental.of(
            context,
            api,
            listing.with("sort", "updated").with("direction", "asc").emptyOn(NO_ISSUES),
            UPDATED,
            options.get(GitHubProvider.LOOKBACK_SECONDS),
            options)
        .limitOnTheFly(from(), start, out);
  }

  /** Pull requests take no {@code since}, so they are read from the other end. */
  private NewestFirst newestFirst(Listing pulls) {
    return NewestFirst.of(
        context, api, pulls, UPDATED, options.get(GitHubProvider.LOOKBACK_SECONDS), options);
  }

  private Listing pulls(int perPage) {
    return Lists.of(repository.get("pulls"), perPage)
        .with("state", state())
        .with("sort", "updated")
        .with("direction", "desc");
  }

  private Listing pullsWithReviews() {
    int perPage = Math.min(PULL_REQUESTS_WITH_REVIEWS, Lists.perPage(options));
    return options
        .find(GitHubProvider.PULL_NUMBER)
        .map(number -> Listing.of(repository.get("pulls/" + number)).single())
        .orElseGet(() -> pulls(perPage));
  }

  /** All of a pull request's: a review that was dismissed has no date of its own to tell. */
  private List<SourceRecord> reviews(SourceRecord pull) {
    long number = Long.parseLong(pull.text("number").orElseThrow());
    String updated = pull.text("updated_at").orElseThrow();
    return Lists.snapshot(api, list("pulls/" + number + "/reviews"), PrimaryKey.of("id"))
        .records()
        .stream()
        .map(
            review ->
                review
                    .with(Fields.PULL_NUMBER, number)
                    .with(Fields.PULL_REQUEST_UPDATED_AT, updated))
        .toList();
  }

  /** Of what is read as a whole. */
  Snapshot snapshot(GitHubTable table) {
    return Lists.snapshot(
        api, list(table.label()), PrimaryKey.of(table == GitHubTable.BRANCHES ? "name" : "id"));
  }
}
