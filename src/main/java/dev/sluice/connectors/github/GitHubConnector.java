package dev.sluice.connectors.github;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.Auth;
import dev.sluice.rest.Incremental;
import dev.sluice.rest.Listing;
import dev.sluice.rest.Pagination;
import dev.sluice.rest.Repetition;
import dev.sluice.rest.Request;
import dev.sluice.rest.Snapshot;
import dev.sluice.rest.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the tables of one repository, or the repositories of one owner. */
final class GitHubConnector implements SourceConnector {
  private static final String OWNER_FIELD = "repository_owner";
  private static final String NAME_FIELD = "repository_name";

  /** What GitHub answers when a repository has no commit yet. */
  private static final int EMPTY_REPOSITORY = 409;

  private final ConnectorContext context;
  private final ApiClient api;

  GitHubConnector(ConnectorContext context) {
    this.context = context;
    this.api =
        ApiClient.of(context, context.options().get(GitHubProvider.BASE_URL))
            .auth(Auth.bearer(context.options().get(GitHubProvider.TOKEN)))
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .build();
  }

  @Override
  public List<String> listTables() {
    return GitHubTable.labels();
  }

  @Override
  public Schema schema(Table table) {
    return GitHubTable.of(table).schema();
  }

  @Override
  public TableMetadata metadata(Table table) {
    return GitHubTable.of(table).metadata();
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    Options options = table.options();
    return switch (GitHubTable.of(table)) {
      case ISSUES ->
          readUpdated(
              ofRepository("repos/{owner}/{repo}/issues", options)
                  .with("state", options.get(GitHubProvider.STATE)),
              options,
              start,
              out);
      case COMMENTS ->
          readUpdated(
              ofRepository("repos/{owner}/{repo}/issues/comments", options), options, start, out);
      case COMMITS -> readCommits(options, start, out);
      case REPOSITORIES ->
          Snapshot.of(api, repositories(options), PrimaryKey.of("id"))
              .read(start, out.changing(GitHubConnector::withOwnNames));
      case BRANCHES ->
          Snapshot.of(
                  api,
                  ofRepository("repos/{owner}/{repo}/branches", options),
                  PrimaryKey.of("name"))
              .read(start, withNames(options, out));
    };
  }

  private Offset readUpdated(Listing listing, Options options, Offset start, RecordEmitter out) {
    return Incremental.of(
            context,
            api,
            listing.with("sort", "updated").with("direction", "asc"),
            TimeCursor.on("updated_at").identifiedBy(List.of("id")).since("since"),
            options.get(GitHubProvider.LOOKBACK_SECONDS),
            options)
        .limitOnTheFly(options.find(GitHubProvider.START_DATE), start, withNames(options, out));
  }

  /** By windows of the committer's date: the source sorts commits by ancestry, newest first. */
  private Offset readCommits(Options options, Offset start, RecordEmitter out) {
    Listing commits =
        ofRepository("repos/{owner}/{repo}/commits", options).emptyOn(EMPTY_REPOSITORY);
    TimeCursor cursor =
        TimeCursor.on("commit.committer.date")
            .identifiedBy(List.of("sha"))
            .since("since")
            .until("until")
            .sorted(TimeCursor.Order.UNSORTED);
    return Incremental.of(
            context, api, commits, cursor, options.get(GitHubProvider.LOOKBACK_SECONDS), options)
        .slidingWindow(
            options.get(GitHubProvider.WINDOW_SECONDS),
            Repetition.NEVER,
            options.find(GitHubProvider.START_DATE),
            () -> oldest(commits, cursor),
            start,
            withNames(options, out));
  }

  /** The root commit's date. Rewritten commits may be older; the first window has room for them. */
  private Optional<Instant> oldest(Listing commits, TimeCursor cursor) {
    return api.lastPage(commits).records().stream().map(cursor::value).min(Instant::compareTo);
  }

  private static Listing ofRepository(String path, Options options) {
    return paged(
        Request.get(path, options.get(GitHubProvider.OWNER), options.get(GitHubProvider.REPO)),
        options);
  }

  private static Listing repositories(Options options) {
    Optional<String> owner = options.find(GitHubProvider.OWNER);
    Optional<String> organization = options.find(GitHubProvider.ORG);
    if (owner.isPresent() == organization.isPresent()) {
      throw ConnectorException.configuration(
          "Table 'repositories' takes one of 'owner' and 'org', not both and not neither");
    }
    return paged(
        owner
            .map(name -> Request.get("users/{owner}/repos", name))
            .orElseGet(() -> Request.get("orgs/{org}/repos", organization.orElseThrow())),
        options);
  }

  private static Listing paged(Request request, Options options) {
    return Listing.of(request.with("per_page", options.get(GitHubProvider.PER_PAGE).toString()))
        .paginated(Pagination.linkHeader());
  }

  private static RecordEmitter withNames(Options options, RecordEmitter out) {
    String owner = options.get(GitHubProvider.OWNER);
    String name = options.get(GitHubProvider.REPO);
    return out.changing(record -> record.with(OWNER_FIELD, owner).with(NAME_FIELD, name));
  }

  private static SourceRecord withOwnNames(SourceRecord record) {
    return record
        .with(OWNER_FIELD, record.text("owner.login").orElse(""))
        .with(NAME_FIELD, record.text("name").orElse(""));
  }

  @Override
  public void close() {
    api.close();
  }
}
