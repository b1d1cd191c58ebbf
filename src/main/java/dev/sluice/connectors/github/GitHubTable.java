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
  ISSUES(TableMetadata.cdc(PrimaryKey.of("id"), "updated_at")),
  COMMENTS(TableMetadata.cdc(PrimaryKey.of("id"), "updated_at")),
  COMMITS(TableMetadata.append(PrimaryKey.of("sha"), "commit.committer.date")),
  REPOSITORIES(TableMetadata.snapshot(PrimaryKey.of("id"))),
  BRANCHES(TableMetadata.snapshot(PrimaryKey.of("repository_owner", "repository_name", "name")));

  private final TableMetadata metadata;

  GitHubTable(TableMetadata metadata) {
    this.metadata = metadata;
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
