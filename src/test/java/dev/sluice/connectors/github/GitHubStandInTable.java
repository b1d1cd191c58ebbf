package dev.sluice.connectors.github;

import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Ability;
import dev.sluice.testkit.QuietRun;
import dev.sluice.testkit.Row;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rows of the kit as records that look like GitHub's. */
final class GitHubStandInTable implements StandInTable {
  private static final int GITHUBS_LARGEST_PAGE = 100;

  private final GitHubTable table;
  private final Map<Integer, Row> rows = new TreeMap<>();
  private int largestPage = GITHUBS_LARGEST_PAGE;

  GitHubStandInTable(GitHubTable table) {
    this.table = table;
  }

  @Override
  public String name() {
    return table.label();
  }

  @Override
  public Options options() {
    return switch (table) {
      case ISSUES, COMMENTS, BRANCHES -> repository().with("per_page", "100");
      // by default the window and the lookback span days; here the layouts span minutes
      case COMMITS -> repository().with("window_seconds", "3600").with("lookback_seconds", "0");
      case REPOSITORIES -> Options.of(Map.of("org", "lake-house"));
    };
  }

  private static Options repository() {
    return Options.of(Map.of("owner", "lake-house", "repo", "sluice-gate"));
  }

  @Override
  public List<String> identity() {
    return switch (table) {
      case ISSUES, COMMENTS, REPOSITORIES -> List.of("id");
      case COMMITS -> List.of("sha");
      case BRANCHES -> List.of("name");
    };
  }

  @Override
  public Duration resolution() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Ability pageSizes() {
    return Ability.YES;
  }

  @Override
  public Ability updates() {
    return table == GitHubTable.COMMITS ? Ability.no("a commit does not change") : Ability.YES;
  }

  @Override
  public Ability deletions() {
    return Ability.YES;
  }

  @Override
  public Ability lookback() {
    return isSnapshot() ? Ability.no("a snapshot has no cursor") : Ability.YES;
  }

  @Override
  public Ability farFuture() {
    return table == GitHubTable.COMMITS
        ? Ability.no("windows end at the start of the invocation")
        : Ability.YES;
  }

  @Override
  public QuietRun quietRun() {
    return table == GitHubTable.COMMITS
        ? QuietRun.advancing(100, "the window follows the clock")
        : QuietRun.STILL;
  }

  private boolean isSnapshot() {
    return table == GitHubTable.REPOSITORIES || table == GitHubTable.BRANCHES;
  }

  @Override
  public Map<String, String> alwaysNull() {
    return Map.of();
  }

  @Override
  public List<Offset> earlierOffsets() {
    return List.of();
  }

  @Override
  public synchronized void pageSize(int most) {
    largestPage = Math.min(most, GITHUBS_LARGEST_PAGE);
  }

  synchronized int largestPage() {
    return largestPage;
  }

  @Override
  public synchronized void replaceAll(List<Row> rows) {
    this.rows.clear();
    rows.forEach(this::put);
  }

  @Override
  public synchronized void put(Row row) {
    rows.put(row.key(), row);
  }

  @Override
  public synchronized void delete(int key, Instant at) {
    rows.remove(key);
  }

  synchronized List<SourceRecord> records() {
    return List.copyOf(truth().values());
  }

  @Override
  public synchronized Map<Integer, SourceRecord> truth() {
    Map<Integer, SourceRecord> truth = new TreeMap<>();
    rows.forEach((key, row) -> truth.put(key, GitHubRecords.of(table, row)));
    return truth;
  }
}
