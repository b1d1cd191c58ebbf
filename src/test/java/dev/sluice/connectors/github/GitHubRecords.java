package dev.sluice.connectors.github;

import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.RowSpec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Records that look like GitHub's, of the repository {@code octo/hello}. */
final class GitHubRecords {
  static final String OWNER = "octo";
  static final String NAME = "hello";

  static final String API = "https://api.github.com/repos/octo/hello";
  static final String WEB = "https://github.com/octo/hello";

  private GitHubRecords() {}

  static SourceRecord of(GitHubList list, RowSpec row) {
    return SourceRecord.of(
        switch (list) {
          case ISSUES -> issue(row);
          case COMMENTS -> comment(row);
          case COMMITS -> commit(row);
          case BRANCHES -> branch(row);
          case REPOSITORIES -> RepositoryRecords.repository(row);
          case PULL_REQUESTS -> PullRecords.pull(row);
          case REVIEWS -> PullRecords.review(row);
          case ASSIGNEES -> AccountRecords.assignee(row);
          case COLLABORATORS -> AccountRecords.collaborator(row);
          case ORGANIZATIONS -> AccountRecords.organization(row);
          case TEAMS -> AccountRecords.team(row);
          case USERS -> AccountRecords.tokenUser(row.version());
        });
  }

  /** What the record is called by {@link GitHubStandInTable#identity}. */
  static String id(GitHubList list, int key) {
    return switch (list) {
      case ISSUES,
          PULL_REQUESTS,
          COMMENTS,
          REVIEWS,
          REPOSITORIES,
          ASSIGNEES,
          COLLABORATORS,
          ORGANIZATIONS,
          TEAMS ->
          String.valueOf(2_766_000_000L + key);
      case USERS -> String.valueOf(AccountRecords.TOKEN_USER);
      case COMMITS -> sha(key);
      case BRANCHES -> "branch-%03d".formatted(key);
    };
  }

  static String sha(int key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest(("commit " + key).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every second one is a closed pull request with all that an issue can have. */
  private static String issue(RowSpec row) {
    int number = row.key() + 1;
    boolean rich = row.key() % 2 == 0;
    return """
    {"url":"%1$s/issues/%2$d","repository_url":"%1$s","labels_url":"%1$s/issues/%2$d/labels{/name}",\
    "comments_url":"%1$s/issues/%2$d/comments","events_url":"%1$s/issues/%2$d/events","html_url":"%3$s/issues/%2$d",\
    "id":%4$s,"node_id":"I_kwDO%2$d","number":%2$d,"title":"Issue %2$d, version %5$d \\u00e4\\ud83d\\ude80","user":%6$s,\
    "labels":%7$s,"state":"%8$s","locked":false,"assignee":%9$s,"assignees":[%9$s],"milestone":%10$s,"comments":%2$d,\
    "created_at":"2026-01-01T00:00:00Z","updated_at":"%11$s","closed_at":%12$s,"author_association":"COLLABORATOR",\
    "active_lock_reason":null,"pull_request":%13$s,"body":%14$s,"closed_by":null,"reactions":{"url":"%1$s/issues/%2$d/reactions",\
    "total_count":1,"+1":1,"-1":0,"laugh":0,"hooray":0,"confused":0,"heart":0,"rocket":0,"eyes":0},\
    "timeline_url":"%1$s/issues/%2$d/timeline","performed_via_github_app":null,"state_reason":%15$s}"""
        .formatted(
            API,
            number,
            WEB,
            id(GitHubList.ISSUES, row.key()),
            row.version(),
            AccountRecords.user(number),
            rich ? "[" + label() + "]" : "[]",
            rich ? "closed" : "open",
            AccountRecords.user(7),
            rich ? milestone() : "null",
            row.cursor(),
            rich ? "\"2026-02-01T00:00:00Z\"" : "null",
            rich ? pullRequest(number) : "null",
            rich ? "\"Line one\\r\\nline \\\"two\\\"\"" : "null",
            rich ? "\"completed\"" : "null");
  }

  static String label() {
    return """
    {"id":5,"node_id":"MDU6TGFiZWw1","url":"%s/labels/bug","name":"bug","description":"Something is wrong",\
    "color":"d73a4a","default":true}"""
        .formatted(API);
  }

  static String milestone() {
    return """
    {"url":"%s/milestones/1","id":1002604,"node_id":"MDk6TWlsZXN0b25l","number":1,"state":"open","title":"v1.0",\
    "description":"The first","creator":%s,"open_issues":4,"closed_issues":8,"created_at":"2026-01-01T00:00:00Z",\
    "updated_at":"2026-01-02T00:00:00Z","closed_at":null,"due_on":"2026-12-01T00:00:00Z"}"""
        .formatted(API, AccountRecords.user(1));
  }

  private static String pullRequest(int number) {
    return """
    {"url":"%1$s/pulls/%3$d","html_url":"%2$s/pull/%3$d","diff_url":"%2$s/pull/%3$d.diff",\
    "patch_url":"%2$s/pull/%3$d.patch","merged_at":null}"""
        .formatted(API, WEB, number);
  }

  private static String comment(RowSpec row) {
    return """
    {"url":"%1$s/issues/comments/%2$s","html_url":"%3$s/issues/1#issuecomment-%2$s","issue_url":"%1$s/issues/1",\
    "id":%2$s,"node_id":"IC_%2$s","user":%4$s,"created_at":"2026-01-01T00:00:00Z","updated_at":"%5$s",\
    "author_association":"OWNER","body":"Comment %6$d, version %7$d","reactions":{"url":"%1$s/issues/comments/%2$s/reactions",\
    "total_count":0,"+1":0,"-1":0,"laugh":0,"hooray":0,"confused":0,"heart":0,"rocket":0,"eyes":0},\
    "performed_via_github_app":null}"""
        .formatted(
            API,
            id(GitHubList.COMMENTS, row.key()),
            WEB,
            AccountRecords.user(row.key()),
            row.cursor(),
            row.key(),
            row.version());
  }

  /** Every second one is by somebody whom GitHub does not know. */
  private static String commit(RowSpec row) {
    String sha = sha(row.key());
    String user = row.key() % 2 == 0 ? AccountRecords.user(3) : "null";
    return """
    {"sha":"%2$s","node_id":"C_%2$s","commit":{"author":{"name":"Mona","email":"mona@example.com","date":"2026-01-01T00:00:00Z"},\
    "committer":{"name":"Mona","email":"mona@example.com","date":"%4$s"},"message":"Change %3$d\\n\\nAnd why",\
    "tree":{"sha":"%2$s","url":"%1$s/git/trees/%2$s"},"url":"%1$s/git/commits/%2$s","comment_count":0,\
    "verification":{"verified":false,"reason":"unsigned","signature":null,"payload":null}},"url":"%1$s/commits/%2$s",\
    "html_url":"%6$s/commit/%2$s","comments_url":"%1$s/commits/%2$s/comments","author":%5$s,"committer":%5$s,"parents":[]}"""
        .formatted(API, sha, row.key(), row.cursor(), user, WEB);
  }

  private static String branch(RowSpec row) {
    String sha = sha(row.key() + 1_000 * row.version());
    return """
    {"name":"%3$s","commit":{"sha":"%2$s","url":"%1$s/commits/%2$s"},"protected":%4$s,\
    "protection":{"enabled":%4$s,"required_status_checks":{"enforcement_level":"off","contexts":[],"checks":[]}},\
    "protection_url":"%1$s/branches/%3$s/protection"}"""
        .formatted(API, sha, id(GitHubList.BRANCHES, row.key()), row.key() % 2 == 0);
  }
}
