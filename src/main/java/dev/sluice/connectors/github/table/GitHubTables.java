package dev.sluice.connectors.github.table;

import java.util.List;

/** The tables that GitHub has. */
public final class GitHubTables {

  /** All tables, in the order of the documentation. */
  public static final List<GitHubTable> ALL =
      List.of(
          new IssuesTable(),
          new PullRequestsTable(),
          new CommentsTable(),
          new CommitsTable(),
          new ReviewsTable(),
          new RepositoryListTable("assignees", "id"),
          new RepositoryListTable("collaborators", "id"),
          new RepositoryListTable("branches", "name"),
          new RepositoriesTable(),
          new TeamsTable(),
          new OrganizationsTable(),
          new UsersTable());

  private GitHubTables() {}
}
