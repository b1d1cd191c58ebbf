package dev.sluice.connectors.github;

import dev.sluice.testkit.RowSpec;
import java.time.Instant;
import java.util.Set;

/** Pull requests and reviews that look like GitHub's, of the repository {@code octo/hello}. */
final class PullRecords {
  private static final String REPOSITORY = GitHubRecords.OWNER + "/" + GitHubRecords.NAME;

  private PullRecords() {}

  /** Every second one is merged, with all that a pull request can have. */
  static String pull(RowSpec row) {
    boolean merged = row.key() % 2 == 0;
    return pull(
        REPOSITORY,
        row.key() + 1,
        row.cursor(),
        "Pull request %d, version %d \\u00e4".formatted(row.key() + 1, row.version()),
        merged);
  }

  static String pull(
      String repository, int number, Instant updatedAt, String title, boolean merged) {
    String key = GitHubRecords.id(GitHubList.PULL_REQUESTS, number - 1);
    return """
    {"url":"%1$s/pulls/%3$d","id":%4$s,"node_id":"PR_kwDO%3$d","html_url":"%2$s/pull/%3$d","diff_url":"%2$s/pull/%3$d.diff",\
    "patch_url":"%2$s/pull/%3$d.patch","issue_url":"%1$s/issues/%3$d","number":%3$d,"state":"%5$s","locked":false,\
    "title":"%6$s","user":%7$s,"body":%8$s,"created_at":"2026-01-01T00:00:00Z","updated_at":"%9$s","closed_at":%10$s,\
    "merged_at":%10$s,"merge_commit_sha":%11$s,"assignee":%12$s,"assignees":[%12$s],"requested_reviewers":[],"requested_teams":[],\
    "labels":%13$s,"milestone":%14$s,"draft":%15$s,"commits_url":"%1$s/pulls/%3$d/commits",\
    "review_comments_url":"%1$s/pulls/%3$d/comments","review_comment_url":"%1$s/pulls/comments{/number}",\
    "comments_url":"%1$s/issues/%3$d/comments","statuses_url":"%1$s/statuses/%16$s","head":%17$s,"base":%18$s,\
    "_links":{"self":{"href":"%1$s/pulls/%3$d"},"html":{"href":"%2$s/pull/%3$d"}},"author_association":"COLLABORATOR",\
    "auto_merge":null,"active_lock_reason":null}"""
        .formatted(
            "https://api.github.com/repos/" + repository,
            "https://github.com/" + repository,
            number,
            key,
            merged ? "closed" : "open",
            title,
            AccountRecords.user(number),
            merged ? "\"Line one\\r\\nline \\\"two\\\"\"" : "null",
            updatedAt,
            merged ? "\"2026-02-01T00:00:00Z\"" : "null",
            merged ? "\"" + GitHubRecords.sha(number) + "\"" : "null",
            AccountRecords.user(7),
            merged ? "[" + GitHubRecords.label() + "]" : "[]",
            merged ? GitHubRecords.milestone() : "null",
            !merged,
            GitHubRecords.sha(number + 1),
            end(repository, "change-" + number, GitHubRecords.sha(number + 1)),
            end(repository, "main", GitHubRecords.sha(0)));
  }

  /** Where a pull request comes from, or goes to. */
  private static String end(String repository, String branch, String sha) {
    String owner = repository.substring(0, repository.indexOf('/'));
    return """
    {"label":"%s:%s","ref":"%s","sha":"%s","user":%s,"repo":%s}"""
        .formatted(
            owner,
            branch,
            branch,
            sha,
            AccountRecords.owner(owner, Set.of()),
            RepositoryRecords.repository(repository, 0, 0, Set.of()));
  }

  /** The only review of its pull request, whose number is the next after the key. */
  static String review(RowSpec row) {
    String id = GitHubRecords.id(GitHubList.REVIEWS, row.key());
    return review(
        REPOSITORY,
        row.key() + 1,
        id,
        row.version() % 2 == 0 ? "APPROVED" : "DISMISSED",
        "Looks good, version " + row.version());
  }

  static String review(String repository, int number, String id, String state, String body) {
    return """
    {"id":%3$s,"node_id":"PRR_%3$s","user":%6$s,"body":"%5$s","state":"%4$s",\
    "html_url":"https://github.com/%1$s/pull/%2$d#pullrequestreview-%3$s",\
    "pull_request_url":"https://api.github.com/repos/%1$s/pulls/%2$d","author_association":"COLLABORATOR",\
    "_links":{"html":{"href":"https://github.com/%1$s/pull/%2$d#pullrequestreview-%3$s"},\
    "pull_request":{"href":"https://api.github.com/repos/%1$s/pulls/%2$d"}},\
    "submitted_at":"2026-01-02T00:00:00Z","commit_id":"%7$s"}"""
        .formatted(
            repository,
            number,
            id,
            state,
            body,
            AccountRecords.user(number),
            GitHubRecords.sha(number));
  }
}
