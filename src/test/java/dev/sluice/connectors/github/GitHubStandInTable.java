package dev.sluice.connectors.github;

import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Ability;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A list of {@link GitHubApi}, filled with rendered rows. */
final class GitHubStandInTable implements StandInTable {
  private static final String REPOSITORY = GitHubRecords.OWNER + "/" + GitHubRecords.NAME;

  private final GitHubList list;
  private final GitHubApi api;
  private final Map<Integer, RowSpec> rows = new TreeMap<>();

  /** The pull requests of the reviews, which stay when a review goes. */
  private final Map<Integer, RowSpec> reviewed = new TreeMap<>();

  GitHubStandInTable(GitHubApi api, GitHubList list) {
    this.list = list;
    this.api = api;
  }

  @Override
  public String name() {
    return list.table();
  }

  @Override
  public Options options() {
    Options owner = Options.NONE.with("owner", GitHubRecords.OWNER);
    return switch (list) {
      case ISSUES, PULL_REQUESTS, COMMENTS, COMMITS, REVIEWS, BRANCHES, ASSIGNEES, COLLABORATORS ->
          owner.with("repo", GitHubRecords.NAME);
      case REPOSITORIES -> owner;
      case TEAMS -> Options.NONE.with("org", AccountRecords.ORGANIZATION);
      case ORGANIZATIONS, USERS -> Options.NONE;
    };
  }

  @Override
  public List<String> identity() {
    return List.of(
        switch (list) {
          case COMMITS -> "sha";
          case BRANCHES -> "name";
          default -> "id";
        });
  }

  @Override
  public Duration resolution() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Ability pageSizes() {
    return list == GitHubList.USERS ? Ability.no("a token is of one user, no list") : Ability.YES;
  }

  @Override
  public Ability updates() {
    return list == GitHubList.COMMITS ? Ability.no("a commit does not change") : Ability.YES;
  }

  /** Commits go with a forced push; pull requests and reviews go with their author's account. */
  @Override
  public Ability deletions() {
    return list == GitHubList.USERS ? Ability.no("a token is of a user") : Ability.YES;
  }

  @Override
  public Ability lookback() {
    return switch (list) {
      case ISSUES, PULL_REQUESTS, COMMENTS, COMMITS, REVIEWS -> Ability.YES;
      case BRANCHES, ASSIGNEES, COLLABORATORS, REPOSITORIES, ORGANIZATIONS, TEAMS, USERS ->
          Ability.no("a snapshot has no cursor");
    };
  }

  @Override
  public Map<String, String> alwaysNull() {
    String reason =
        "GitHub's answers have it where one repository is asked for, and its lists do not";
    return list == GitHubList.REPOSITORIES
        ? Map.of(
            "allow_merge_commit",
            reason,
            "allow_rebase_merge",
            reason,
            "allow_squash_merge",
            reason,
            "template_repository",
            reason)
        : Map.of();
  }

  @Override
  public void pageSize(int most) {
    api.records(list).mostPerPage(most);
    if (list == GitHubList.REVIEWS) {
      api.records(GitHubList.PULL_REQUESTS).mostPerPage(most);
    }
  }

  @Override
  public synchronized void replaceAll(List<RowSpec> all) {
    rows.clear();
    reviewed.clear();
    all.forEach(this::remember);
    publish();
  }

  @Override
  public synchronized void put(RowSpec row) {
    remember(row);
    publish();
  }

  /** Whatever the row, the user is the same one. */
  private void remember(RowSpec row) {
    rows.put(list == GitHubList.USERS ? 0 : row.key(), row);
    reviewed.put(row.key(), row);
  }

  @Override
  public synchronized void delete(int key, Instant at) {
    rows.remove(key);
    publish();
  }

  private void publish() {
    List<SourceRecord> records =
        rows.values().stream().map(row -> GitHubRecords.of(list, row)).toList();
    switch (list) {
      case ASSIGNEES, COLLABORATORS -> api.records(list).replaceAll(REPOSITORY, records);
      case REVIEWS -> {
        api.records(GitHubList.PULL_REQUESTS)
            .replaceAll(
                reviewed.values().stream()
                    .map(row -> GitHubRecords.of(GitHubList.PULL_REQUESTS, row))
                    .toList());
        api.records(list).replaceAll(records);
      }
      default -> api.records(list).replaceAll(records);
    }
  }

  /** With what tells where a record is from, which GitHub's own records do not say. */
  @Override
  public synchronized Map<Integer, SourceRecord> truth() {
    var truth = new TreeMap<Integer, SourceRecord>();
    rows.forEach((key, row) -> truth.put(key, withOrigin(row)));
    if (list == GitHubList.USERS && truth.isEmpty()) {
      truth.put(0, SourceRecord.of(AccountRecords.tokenUser(0)));
    }
    return Map.copyOf(truth);
  }

  private SourceRecord withOrigin(RowSpec row) {
    SourceRecord record = GitHubRecords.of(list, row);
    return switch (list) {
      case ORGANIZATIONS, USERS, REPOSITORIES -> record;
      case TEAMS -> record.with("organization_login", AccountRecords.ORGANIZATION);
      case REVIEWS ->
          SourceRecord.of(
                  record.json().replaceFirst("\\{", "{\"pull_number\":" + (row.key() + 1) + ","))
              .with("repository_owner", GitHubRecords.OWNER)
              .with("repository_name", GitHubRecords.NAME)
              .with("pull_request_updated_at", row.cursor().toString());
      default ->
          record
              .with("repository_owner", GitHubRecords.OWNER)
              .with("repository_name", GitHubRecords.NAME);
    };
  }
}
