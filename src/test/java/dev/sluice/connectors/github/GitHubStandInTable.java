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
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A list of {@link GitHubApi}, filled with rendered rows. */
final class GitHubStandInTable implements StandInTable {
  private final GitHubList list;
  private final StoredRecords served;
  private final Map<Integer, SourceRecord> records = new TreeMap<>();

  GitHubStandInTable(StoredRecords served) {
    this.list = served.list();
    this.served = served;
  }

  @Override
  public String name() {
    return list.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Options options() {
    Options owner = Options.NONE.with("owner", GitHubRecords.OWNER);
    return list == GitHubList.REPOSITORIES ? owner : owner.with("repo", GitHubRecords.NAME);
  }

  @Override
  public List<String> identity() {
    return List.of(
        switch (list) {
          case ISSUES, COMMENTS, REPOSITORIES -> "id";
          case COMMITS -> "sha";
          case BRANCHES -> "name";
        });
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
    return list == GitHubList.COMMITS ? Ability.no("a commit does not change") : Ability.YES;
  }

  /** Commits go with a forced push. */
  @Override
  public Ability deletions() {
    return Ability.YES;
  }

  @Override
  public Ability lookback() {
    return switch (list) {
      case ISSUES, COMMENTS, COMMITS -> Ability.YES;
      case BRANCHES, REPOSITORIES -> Ability.no("a snapshot has no cursor");
    };
  }

  @Override
  public Ability farFuture() {
    return list == GitHubList.COMMITS
        ? Ability.no("the last window ends at the start of the invocation")
        : Ability.YES;
  }

  @Override
  public QuietRun quietRun() {
    return list == GitHubList.COMMITS
        ? QuietRun.advancing(1, "the window follows the clock")
        : QuietRun.STILL;
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
  public void pageSize(int most) {
    served.mostPerPage(most);
  }

  @Override
  public synchronized void replaceAll(List<Row> rows) {
    records.clear();
    rows.forEach(row -> records.put(row.key(), GitHubRecords.of(list, row)));
    publish();
  }

  @Override
  public synchronized void put(Row row) {
    records.put(row.key(), GitHubRecords.of(list, row));
    publish();
  }

  @Override
  public synchronized void delete(int key, Instant at) {
    records.remove(key);
    publish();
  }

  private void publish() {
    served.replaceAll(List.copyOf(records.values()));
  }

  @Override
  public synchronized Map<Integer, SourceRecord> truth() {
    return Map.copyOf(records);
  }
}
