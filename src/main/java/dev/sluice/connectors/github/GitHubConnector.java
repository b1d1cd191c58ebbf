package dev.sluice.connectors.github;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.Listing;
import dev.sluice.rest.PerParent;
import dev.sluice.rest.Request;
import dev.sluice.rest.Snapshot;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
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
import java.util.List;
import java.util.Optional;

/** Reads the tables of repositories, of their owners, and of the user whom the token stands for. */
final class GitHubConnector implements SupportsNamespaces {
  private static final PrimaryKey KEY = PrimaryKey.of("id");

  private final ConnectorContext context;
  private final ApiClient api;

  GitHubConnector(ConnectorContext context) {
    this.context = context;
    this.api =
        ApiClient.of(context, context.options().get(GitHubProvider.BASE_URL))
            .auth(GitHubAuth.of(context.options()))
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .pauseAdvice(new SecondaryLimit())
            .build();
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
    return Snapshot.of(api, list, KEY).records().stream().map(Repository::of).toList();
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
    Options options = table.options();
    return switch (known) {
      case REPOSITORIES ->
          readAll(
              Lists.of(Owner.of(table).repositories(), options),
              start,
              out.changing(GitHubConnector::withOwnName));
      case TEAMS -> readTeams(table, start, out);
      case ORGANIZATIONS -> readAll(Lists.of(ofUser("user/orgs", known), options), start, out);
      case USERS -> readAll(Listing.of(ofUser("user", known)).single(), start, out);
      case ISSUES, PULL_REQUESTS, COMMENTS, COMMITS, REVIEWS, ASSIGNEES, COLLABORATORS, BRANCHES ->
          readRepositories(known, table, start, out);
    };
  }

  private Offset readAll(Listing listing, Offset start, RecordEmitter out) {
    return Snapshot.of(api, listing, KEY).read(start, out);
  }

  private static SourceRecord withOwnName(SourceRecord record) {
    Repository repository = Repository.of(record);
    return record.with(Fields.OWNER, repository.owner()).with(Fields.REPOSITORY, repository.name());
  }

  /** Those of an organization, or all that the user is a member of. */
  private Offset readTeams(Table table, Offset start, RecordEmitter out) {
    Optional<String> organization = Owner.organization(table);
    Request teams =
        organization
            .map(login -> Request.get("orgs/{org}/teams", login))
            .orElseGet(() -> ofUser("user/teams", GitHubTable.TEAMS));
    return readAll(
        Lists.of(teams, table.options()),
        start,
        out.changing(
            team ->
                team.with(
                    Fields.ORGANIZATION,
                    organization.or(() -> team.text("organization.login")).orElse(""))));
  }

  private Request ofUser(String path, GitHubTable table) {
    if (GitHubAuth.isApp(context.options())) {
      throw ConnectorException.configuration(
          "Table '%s' is about the user whom a token stands for, and a GitHub App stands for none: use 'token'%s"
              .formatted(table.label(), table == GitHubTable.TEAMS ? ", or give 'org'" : ""));
    }
    return Request.get(path);
  }

  private Offset readRepositories(GitHubTable known, Table table, Offset start, RecordEmitter out) {
    var repositories = new Repositories(api, table);
    return PerParent.of(
            context,
            () -> repositories.byKey().keySet(),
            (key, offset, to) ->
                new RepositoryTables(context, api, repositories.byKey(key), table.options())
                    .read(known, offset, to))
        .read(start, out);
  }

  @Override
  public void close() {
    api.close();
  }
}
