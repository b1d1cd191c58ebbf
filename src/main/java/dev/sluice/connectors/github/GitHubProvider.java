package dev.sluice.connectors.github;

import dev.sluice.connectors.github.table.GitHubTable;
import dev.sluice.connectors.github.table.GitHubTables;
import dev.sluice.rest.http.HttpOptions;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.TableSpec;
import java.net.URI;
import java.util.List;

/** The provider for GitHub, on github.com and on Enterprise servers. */
public final class GitHubProvider implements ConnectorProvider {
  static final Option<String> TOKEN =
      Option.secret("token", "A personal access token, classic or fine-grained");
  static final Option<String> APP_ID =
      Option.text("app_id", "A GitHub App's client id or app id, in place of a token");
  static final Option<Integer> APP_INSTALLATION_ID =
      Option.number(
          "app_installation_id",
          "The installation of the App that the repositories belong to",
          1,
          Integer.MAX_VALUE);
  static final Option<String> APP_PRIVATE_KEY =
      Option.secret("app_private_key", "The App's private key in PEM, as GitHub hands it out");
  static final Option<URI> BASE_URL =
      Option.url("base_url", "The API; https://HOST/api/v3 for an Enterprise server")
          .withDefault(URI.create("https://api.github.com"))
          .addressing();

  @Override
  public String name() {
    return "github";
  }

  @Override
  public String description() {
    return "GitHub's issues, pull requests, reviews, commits, repositories, teams and more";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return HttpOptions.and(TOKEN, APP_ID, APP_INSTALLATION_ID, APP_PRIVATE_KEY, BASE_URL);
  }

  @Override
  public List<TableSpec> tables() {
    return GitHubTables.ALL.stream().map(GitHubTable::spec).toList();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return new GitHubConnector(context);
  }
}
