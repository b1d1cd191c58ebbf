package dev.sluice.connectors.github;

import dev.sluice.rest.http.HttpOptions;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** GitHub, on github.com and on Enterprise servers. */
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
          .withDefault(URI.create("https://api.github.com"));

  static final Option<String> OWNER =
      Option.text("owner", "The user or organization that owns the repositories");
  static final Option<String> ORG =
      Option.text(
          "org", "The organization that owns the repositories, private ones too, or the teams");
  static final Option<String> REPO =
      Option.text(
          "repo",
          "The repository's name; or several names and OWNER/NAMEs, in which * stands for any characters, and ! before one leaves it out");
  static final Option<String> STATE =
      Option.oneOf("state", "Only issues and pull requests in this state", "all", "open", "closed")
          .withDefault("all");
  static final Option<String> BRANCH =
      Option.text(
          "branch",
          "The branch, tag or commit that commits are read from, if not the default branch");
  static final Option<Integer> PULL_NUMBER =
      Option.number("pull_number", "Only reviews of this pull request", 1, Integer.MAX_VALUE);
  static final Option<Integer> PER_PAGE =
      Option.number("per_page", "Records per request; 100 at most, and more count as 100", 1, 1_000)
          .withDefault(100);
  static final Option<Instant> START_DATE =
      Option.timestamp("start_date", "Where the first read begins, included");
  static final Option<Duration> LOOKBACK_SECONDS =
      Incremental.LOOKBACK_SECONDS.withDefault(Duration.ofMinutes(5));
  static final Option<Duration> WINDOW_SECONDS =
      Incremental.WINDOW_SECONDS.withDefault(Duration.ofDays(7));

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
  public List<Option<?>> tableOptions() {
    return List.of(
        OWNER,
        REPO,
        ORG,
        STATE,
        BRANCH,
        PULL_NUMBER,
        PER_PAGE,
        START_DATE,
        LOOKBACK_SECONDS,
        WINDOW_SECONDS,
        BatchOptions.MAX_RECORDS,
        BatchOptions.KEEP_GENERATIONS,
        Incremental.FUTURE_TOLERANCE_SECONDS);
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return new GitHubConnector(context);
  }
}
