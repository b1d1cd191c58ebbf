package dev.sluice.connectors.github;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.strategy.PerParent;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.SupportsNamespaces;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads the tables of repositories, of their owners, and of the user whom the token stands for. */
final class GitHubConnector implements SupportsNamespaces, DetectsUnchanged {
  private static final PrimaryKey KEY = PrimaryKey.of("id");

  private final ConnectorContext context;
  private final ApiClient api;
  private final Owners owners;

  /** Looked up once in an invocation, so that a round is about the same ones from end to end. */
  private final Map<Table, Repositories> repositories = new HashMap<>();

  GitHubConnector(ConnectorContext context) {
    this.context = context;
    this.api =
        ApiClient.of(context, context.options().get(GitHubProvider.BASE_URL))
            .auth(GitHubAuth.of(context.options()))
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .pauseAdvice(new SecondaryLimit())
            .build();
    this.owners = new Owners(api);
  }

  @Override
  public List<String> listTables() {
    return GitHubTable.labels();
  }

  @Override
  public List<String> listTables(Namespace namespace) {
    return switch (namespace.parts().size()) {
      case 0 -> GitHubTable.labels(GitHubTable.Scope.USER);
      case 1 -> GitHubTable.labels(GitHubTable.Scope.OWNER);
      default -> GitHubTable.labels(GitHubTable.Scope.REPOSITORY);
    };
  }

  /** The owners, and below each its repositories: all that the credential gives access to. */
  @Override
  public List<Namespace> listNamespaces(Namespace parent) {
    return switch (parent.parts().size()) {
      case 0 ->
          accessible().stream()
              .map(Repository::owner)
              .distinct()
              .sorted()
              .map(Namespace::of)
              .toList();
      case 1 ->
          accessible().stream()
              .filter(repository -> repository.owner().equals(parent.parts().getFirst()))
              .map(repository -> Namespace.of(repository.owner(), repository.name()))
              .toList();
      default -> List.of();
    };
  }

  private List<Repository> accessible() {
    Listing list =
        GitHubAuth.isApp(context.options())
            ? Lists.of(Request.get("installation/repositories"), Lists.MOST_PER_PAGE)
                .recordsIn("repositories")
            : Lists.of(Request.get("user/repos"), Lists.MOST_PER_PAGE);
    return Lists.snapshot(api, list, KEY).records().stream().map(Repository::of).toList();
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
    GitHubTable known = GitHubTable.of(table);
    return switch (known) {
      case ISSUES, PULL_REQUESTS, COMMENTS, COMMITS, REVIEWS ->
          perRepository(table, (key, from, to) -> readOrSkip(known, table, key, from, to))
              .read(start, out);
      case ASSIGNEES, COLLABORATORS, BRANCHES -> snapshots(known, table).read(start, out);
      case REPOSITORIES ->
          snapshot(known, table).read(start, out.changing(GitHubConnector::withOwnName));
      case TEAMS -> snapshot(known, table).read(start, out.changing(withOrganization(table)));
      case ORGANIZATIONS, USERS -> snapshot(known, table).read(start, out);
    };
  }

  @Override
  public boolean isUnchanged(Table table, Offset complete) {
    if (GitHubAuth.isApp(context.options())) {
      return false; // tags hold for one token, and this invocation has another one
    }
    GitHubTable known = GitHubTable.of(table);
    return switch (known) {
      case ISSUES, PULL_REQUESTS, COMMENTS, COMMITS, REVIEWS -> false;
      case ASSIGNEES, COLLABORATORS, BRANCHES ->
          snapshots(known, table)
              .isUnchanged(
                  complete,
                  (key, offset) -> tables(key, table).snapshot(known).isUnchanged(offset));
      case REPOSITORIES, TEAMS, ORGANIZATIONS, USERS ->
          snapshot(known, table).isUnchanged(complete);
    };
  }

  private PerParent perRepository(Table table, PerParent.Children children) {
    return PerParent.of(context, () -> repositories(table).byKey().keySet(), children);
  }

  /** None is skipped: its rows would seem to be deleted. */
  private PerParent snapshots(GitHubTable known, Table table) {
    return perRepository(table, (key, start, out) -> tables(key, table).read(known, start, out));
  }

  /** A pattern may match repositories that are blocked, or have what is read switched off. */
  private Offset readOrSkip(
      GitHubTable known, Table table, String key, Offset start, RecordEmitter out) {
    var emitted = new CountingEmitter(out);
    try {
      return tables(key, table).read(known, start, emitted);
    } catch (ConnectorException e) {
      if (emitted.hasAny() || !repositories(table).maySkip(key, e)) {
        throw e;
      }
      context
          .listener()
          .warning(
              "Repository %s cannot be read and is left out: %s".formatted(key, e.getMessage()));
      return start;
    }
  }

  private Repositories repositories(Table table) {
    return repositories.computeIfAbsent(table, of -> new Repositories(api, owners, of));
  }

  private RepositoryTables tables(String key, Table table) {
    return new RepositoryTables(context, api, repositories(table).byKey(key), table.options());
  }

  /** Of a table that belongs to no repository. */
  private Snapshot snapshot(GitHubTable known, Table table) {
    Options options = table.options();
    Listing listing =
        switch (known) {
          case REPOSITORIES -> Lists.of(owners.of(table).repositories(), options);
          case TEAMS -> Lists.of(teams(table), options);
          case ORGANIZATIONS -> Lists.of(ofUser("user/orgs", known), options);
          case USERS -> Listing.of(ofUser("user", known)).single();
          case ISSUES,
              PULL_REQUESTS,
              COMMENTS,
              COMMITS,
              REVIEWS,
              ASSIGNEES,
              COLLABORATORS,
              BRANCHES ->
              throw new IllegalArgumentException(known + " is of a repository");
        };
    return Lists.snapshot(api, listing, KEY);
  }

  private static SourceRecord withOwnName(SourceRecord record) {
    Repository repository = Repository.of(record);
    SourceRecord named =
        record.with(Fields.OWNER, repository.owner()).with(Fields.REPOSITORY, repository.name());
    return named.text(Fields.CLONE_TOKEN).filter(token -> !token.isEmpty()).isPresent()
        ? named.with(Fields.CLONE_TOKEN, "")
        : named;
  }

  /** Those of an organization, or all that the user is a member of. */
  private Request teams(Table table) {
    return organization(table)
        .map(login -> Request.get("orgs/{org}/teams", login))
        .orElseGet(() -> ofUser("user/teams", GitHubTable.TEAMS));
  }

  private static UnaryOperator<SourceRecord> withOrganization(Table table) {
    return team ->
        team.with(
            Fields.ORGANIZATION,
            organization(table).or(() -> team.text("organization.login")).orElse(""));
  }

  private static Optional<String> organization(Table table) {
    return table.namespace().parts().stream()
        .findFirst()
        .or(() -> table.options().find(GitHubProvider.ORG));
  }

  private Request ofUser(String path, GitHubTable table) {
    if (GitHubAuth.isApp(context.options())) {
      throw ConnectorException.configuration(
          "Table '%s' is about the user whom a token stands for, and a GitHub App stands for none: use 'token'%s"
              .formatted(table.label(), table == GitHubTable.TEAMS ? ", or give 'org'" : ""));
    }
    return Request.get(path);
  }

  @Override
  public void close() {
    api.close();
  }
}
