package dev.sluice.connectors.github;

import dev.sluice.testkit.RowSpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Repositories that look like GitHub's. */
final class RepositoryRecords {
  private static final List<String> REPOSITORY_URLS =
      List.of(
          "archive",
          "assignees",
          "blobs",
          "branches",
          "collaborators",
          "comments",
          "commits",
          "compare",
          "contents",
          "contributors",
          "deployments",
          "downloads",
          "events",
          "forks",
          "git_commits",
          "git_refs",
          "git_tags",
          "git",
          "issue_comment",
          "issue_events",
          "issues",
          "keys",
          "labels",
          "languages",
          "merges",
          "milestones",
          "notifications",
          "pulls",
          "releases",
          "ssh",
          "stargazers",
          "statuses",
          "subscribers",
          "subscription",
          "tags",
          "teams",
          "trees",
          "clone",
          "mirror",
          "hooks",
          "svn");

  private static final String LICENSE =
      """
      {"key":"apache-2.0","name":"Apache License 2.0","spdx_id":"Apache-2.0",\
      "url":"https://api.github.com/licenses/apache-2.0","node_id":"MDc6TGljZW5zZTI="}""";

  /** By which a private repository can be cloned for a while. */
  static final String CLONE_TOKEN = "AAAcanaryOfACloneToken";

  private RepositoryRecords() {}

  /** Of the owner {@code octo}, the first one being {@code hello}. */
  static String repository(RowSpec row) {
    String name = row.key() == 0 ? GitHubRecords.NAME : "hello-%03d".formatted(row.key());
    return repository(GitHubRecords.OWNER + "/" + name, row.key(), row.version(), Set.of());
  }

  /** With what distinguishes one repository from another of the same name and version: a number. */
  static String repository(String fullName, int key, int version, Set<RepositoryTrait> traits) {
    String owner = fullName.substring(0, fullName.indexOf('/'));
    String name = fullName.substring(owner.length() + 1);
    String api = "https://api.github.com/repos/" + fullName;
    String urls =
        REPOSITORY_URLS.stream()
            .map(url -> "\"%s_url\":\"%s/%s\"".formatted(url, api, url))
            .collect(Collectors.joining(","));
    boolean copy = key % 2 == 0;
    boolean isPrivate = traits.contains(RepositoryTrait.PRIVATE);
    return """
    {"id":%1$s,"node_id":"R_%1$s","name":"%2$s","full_name":"%11$s","private":%12$s,"owner":%3$s,"html_url":"https://github.com/%11$s",\
    "description":%4$s,"fork":%13$s,"url":"%5$s",%6$s,"created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z",\
    "pushed_at":"2026-01-03T00:00:00Z","homepage":"https://hello.example","size":%7$d,"stargazers_count":%8$d,"watchers_count":%8$d,\
    "language":"Java","has_issues":%14$s,"has_projects":true,"has_downloads":true,"has_wiki":true,"has_pages":false,"forks_count":3,\
    "archived":false,"disabled":false,"open_issues_count":1,"license":%9$s,\
    "temp_clone_token":"%10$s","subscribers_count":4,"network_count":5,"is_template":false,\
    "topics":["water"],"visibility":"%15$s","forks":3,"open_issues":1,"watchers":%8$d,"default_branch":"main",\
    "permissions":{"admin":false,"maintain":false,"push":%16$s,"triage":false,"pull":true}}"""
        .formatted(
            GitHubRecords.id(GitHubList.REPOSITORIES, key),
            name,
            AccountRecords.owner(owner, traits),
            copy ? "\"Says hello\"" : "null",
            api,
            urls,
            108 + key,
            version,
            copy ? LICENSE : "null",
            isPrivate ? CLONE_TOKEN : "",
            fullName,
            isPrivate,
            traits.contains(RepositoryTrait.FORK),
            !traits.contains(RepositoryTrait.WITHOUT_ISSUES)
                && !traits.contains(RepositoryTrait.ISSUES_GONE),
            isPrivate ? "private" : "public",
            !traits.contains(RepositoryTrait.WITHOUT_PUSH_ACCESS));
  }
}
