package dev.sluice.connectors.github;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Schema;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables of the source and how each is ingested. */
enum GitHubTable {
  ISSUES(Scope.REPOSITORY, TableMetadata.cdc(PrimaryKey.of("id"), "updated_at")),
  PULL_REQUESTS(Scope.REPOSITORY, TableMetadata.cdc(PrimaryKey.of("id"), "updated_at")),
  COMMENTS(Scope.REPOSITORY, TableMetadata.cdc(PrimaryKey.of("id"), "updated_at")),
  COMMITS(Scope.REPOSITORY, TableMetadata.cdc(ofRepository("sha"), "commit.committer.date")),
  REVIEWS(Scope.REPOSITORY, TableMetadata.cdc(PrimaryKey.of("id"), Fields.PULL_REQUEST_UPDATED_AT)),
  ASSIGNEES(Scope.REPOSITORY, TableMetadata.snapshot(ofRepository("id"))),
  COLLABORATORS(Scope.REPOSITORY, TableMetadata.snapshot(ofRepository("id"))),
  BRANCHES(Scope.REPOSITORY, TableMetadata.snapshot(ofRepository("name"))),
  REPOSITORIES(Scope.OWNER, TableMetadata.snapshot(PrimaryKey.of("id"))),
  TEAMS(Scope.OWNER, TableMetadata.snapshot(PrimaryKey.of("id"))),
  ORGANIZATIONS(Scope.USER, TableMetadata.snapshot(PrimaryKey.of("id"))),
  USERS(Scope.USER, TableMetadata.snapshot(PrimaryKey.of("id")));

  /** What a table belongs to. */
  enum Scope {
    /** The user whom the token stands for. */
    USER,
    /** A user or an organization. */
    OWNER,
    REPOSITORY
  }

  private final Scope scope;
  private final TableMetadata metadata;

  GitHubTable(Scope scope, TableMetadata metadata) {
    this.scope = scope;
    this.metadata = metadata;
  }

  private static PrimaryKey ofRepository(String field) {
    return PrimaryKey.of(Fields.OWNER, Fields.REPOSITORY, field);
  }

  static GitHubTable of(Table table) {
    return Arrays.stream(values())
        .filter(known -> known.label().equals(table.name()))
        .findFirst()
        .orElseThrow(() -> ConnectorException.unknownTable(table.name(), labels()));
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(GitHubTable::label).toList();
  }

  static List<String> labels(Scope scope) {
    return Arrays.stream(values())
        .filter(table -> table.scope == scope)
        .map(GitHubTable::label)
        .toList();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  TableMetadata metadata() {
    return metadata;
  }

  Schema schema() {
    return Schema.resource(GitHubTable.class, label() + ".json");
  }
}
