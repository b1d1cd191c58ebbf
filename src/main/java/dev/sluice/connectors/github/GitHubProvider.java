package dev.sluice.connectors.github;

import dev.sluice.rest.HttpOptions;
import dev.sluice.rest.Incremental;
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
      Option.secret("token", "A personal access token, classic or fine-grained").required();
  static final Option<URI> BASE_URL =
      Option.url("base_url", "The API; https://HOST/api/v3 for an Enterprise server")
          .withDefault(URI.create("https://api.github.com"));

  static final Option<String> OWNER =
      Option.text("owner", "The user or organization that owns the repository");
  static final Option<String> REPO = Option.text("repo", "The repository's name");
  static final Option<String> ORG =
      Option.text("org", "The organization whose repositories are listed, in place of 'owner'");
  static final Option<String> STATE =
      Option.oneOf("state", "Only issues in this state", "all", "open", "closed")
          .withDefault("all");
  static final Option<Integer> PER_PAGE =
      Option.number("per_page", "Records per request; github.com answers 100 at most", 1, 1_000)
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
    return "GitHub's issues, comments, commits, repositories and branches";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return HttpOptions.and(TOKEN, BASE_URL);
  }

  @Override
  public List<Option<?>> tableOptions() {
    return List.of(
        OWNER,
        REPO,
        ORG,
        STATE,
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
