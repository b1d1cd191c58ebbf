package dev.sluice.connectors.github;

import dev.sluice.connectors.github.table.GitHub;
import dev.sluice.connectors.github.table.GitHubTable;
import dev.sluice.connectors.github.table.GitHubTables;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.OffsetProgress;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SupportsNamespaces;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.util.List;

/** Reads the tables of repositories, of their owners, and of the user to whom the token belongs. */
final class GitHubConnector implements SupportsNamespaces, DetectsUnchanged {
  private final ApiClient api;
  private final GitHub gitHub;

  GitHubConnector(ConnectorContext context) {
    var options = context.options();
    this.api =
        ApiClient.of(context, options.get(GitHubProvider.BASE_URL))
            .auth(GitHubAuth.of(options))
            .header("Accept", "application/vnd.github+json")
            .header("X-GitHub-Api-Version", "2022-11-28")
            .pauseAdvice(new SecondaryLimit())
            .errorMessage("message", "errors", "errors.field", "errors.code", "errors.message")
            .hints("X-Accepted-GitHub-Permissions", "X-GitHub-SSO")
            .incompleteAnswers(new HiddenOrganizations())
            .build();
    this.gitHub = new GitHub(context, api, GitHubAuth.caller(options));
  }

  @Override
  public List<String> listTables() {
    return GitHubTables.ALL.stream().map(table -> table.spec().name()).toList();
  }

  @Override
  public List<String> listTables(Namespace namespace) {
    return GitHubTables.ALL.stream()
        .map(GitHubTable::spec)
        .filter(spec -> spec.namespace().size() == namespace.parts().size())
        .map(spec -> spec.name())
        .toList();
  }

  @Override
  public List<Namespace> listNamespaces(Namespace parent) {
    return gitHub.namespaces(parent);
  }

  @Override
  public Schema schema(Table table) {
    return known(table).spec().columns().orElseThrow().get();
  }

  @Override
  public TableMetadata metadata(Table table) {
    return known(table).spec().metadata().orElseThrow();
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    return known(table).read(gitHub, table, start, out);
  }

  @Override
  public Reached reached(Table table, Offset offset) {
    return OffsetProgress.of(offset);
  }

  @Override
  public boolean isUnchanged(Table table, Offset complete) {
    GitHubTable known = known(table);
    return gitHub.knowsTags() && known.isUnchanged(gitHub, table, complete);
  }

  private GitHubTable known(Table table) {
    return GitHubTables.ALL.stream()
        .filter(known -> known.spec().describes(table.name()))
        .findFirst()
        .orElseThrow(() -> ConnectorException.unknownTable(table.name(), listTables()));
  }

  @Override
  public void close() {
    api.close();
  }
}
