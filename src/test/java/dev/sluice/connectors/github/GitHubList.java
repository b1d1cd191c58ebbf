package dev.sluice.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What GitHub lists. */
public enum GitHubList {
  ISSUES("/url", Scope.REPOSITORY),
  PULL_REQUESTS("/url", Scope.REPOSITORY),
  COMMENTS("/url", Scope.REPOSITORY),
  COMMITS("/url", Scope.REPOSITORY),
  REVIEWS("/pull_request_url", Scope.PULL_REQUEST),
  BRANCHES("/commit/url", Scope.REPOSITORY),
  ASSIGNEES("", Scope.UNSAID),
  COLLABORATORS("", Scope.UNSAID),
  REPOSITORIES("/url", Scope.REPOSITORY),
  ORGANIZATIONS("/url", Scope.ORGANIZATION),
  TEAMS("/html_url", Scope.TEAM),
  USERS("/url", Scope.USER);

  /** What a record belongs to, as its URLs tell it. */
  private enum Scope {
    REPOSITORY("/repos/([^/]+/[^/]+)(/|$)"),
    PULL_REQUEST("/repos/([^/]+/[^/]+/pulls/\\d+)$"),
    ORGANIZATION("/orgs/([^/]+)$"),
    TEAM("/orgs/([^/]+)/teams/"),
    USER("/users/([^/]+)$"),
    UNSAID("()");

    private final Pattern pattern;

    Scope(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }
  }

  private final String pointer;
  private final Scope scope;

  GitHubList(String pointer, Scope scope) {
    this.pointer = pointer;
    this.scope = scope;
  }

  /** The name of the connector's table. */
  String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a record says what it belongs to. */
  boolean isTold() {
    return scope != Scope.UNSAID;
  }

  /**
   * The list that a path names; a review's is that of the reviews, not of the pull requests, and a
   * comparison is one of commits.
   */
  static Optional<GitHubList> ofPath(String path) {
    if (path.contains("/compare/")) {
      return Optional.of(COMMITS);
    }
    String last = path.substring(path.lastIndexOf('/') + 1);
    return switch (last) {
      case "repos" -> Optional.of(REPOSITORIES);
      case "pulls" -> Optional.of(PULL_REQUESTS);
      case "orgs" -> Optional.of(ORGANIZATIONS);
      case "user" -> Optional.of(USERS);
      default -> Arrays.stream(values()).filter(list -> list.table().equals(last)).findFirst();
    };
  }

  /** Whether the list is one of a repository, or of something in it. */
  boolean isOfRepository() {
    return switch (this) {
      case ISSUES,
          PULL_REQUESTS,
          COMMENTS,
          COMMITS,
          REVIEWS,
          BRANCHES,
          ASSIGNEES,
          COLLABORATORS,
          REPOSITORIES ->
          true;
      case ORGANIZATIONS, TEAMS, USERS -> false;
    };
  }

  /** What the record belongs to: {@code owner/name}, a pull request of it, or an account. */
  String scope(JsonNode record) {
    Matcher url = scope.pattern.matcher(record.at(pointer).asText());
    if (scope == Scope.UNSAID || !url.find()) {
      throw new IllegalArgumentException("A record of " + this + " does not say what it is of");
    }
    return url.group(1);
  }
}
