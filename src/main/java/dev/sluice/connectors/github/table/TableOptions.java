package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.Option;
import java.time.Duration;
import java.time.Instant;

/** The options of GitHub's tables; each table's spec says which of them it has. */
final class TableOptions {
  static final Option<String> OWNER =
      Option.text("owner", "The user or organization that owns the repositories").addressing();
  static final Option<String> ORG =
      Option.text(
              "org", "The organization that owns the repositories, private ones too, or the teams")
          .addressing();
  static final Option<String> REPO =
      Option.names(
              "repo",
              "The repository's name; or several names and OWNER/NAMEs, in which * stands for any"
                  + " characters, and ! before one leaves it out")
          .required()
          .addressing();
  static final Option<String> STATE =
      Option.oneOf("state", "Only issues and pull requests in this state", "all", "open", "closed")
          .withDefault("all")
          .selecting();
  static final Option<String> BRANCH =
      Option.text(
              "branch",
              "The branch, tag or commit that commits are read from, if not the default branch")
          .selecting();
  static final Option<Integer> PULL_NUMBER =
      Option.number("pull_number", "Only reviews of this pull request", 1, Integer.MAX_VALUE)
          .selecting();
  static final Option<Instant> START_DATE =
      Option.timestamp("start_date", "Where the first read begins, included").selecting();
  static final Option<Integer> PER_PAGE =
      Option.number("per_page", "Records per request; 100 at most, and more count as 100", 1, 1_000)
          .withDefault(100)
          .pacing();
  static final Option<Duration> LOOKBACK_SECONDS =
      Incremental.LOOKBACK_SECONDS.withDefault(Duration.ofMinutes(5));

  /** An option of earlier releases, which pipeline files may still have. */
  static final Option<Duration> WINDOW_SECONDS =
      Option.span("window_seconds", "Without effect: commits are no longer asked for by time")
          .withDefault(Duration.ofDays(7))
          .pacing();

  private TableOptions() {}
}
