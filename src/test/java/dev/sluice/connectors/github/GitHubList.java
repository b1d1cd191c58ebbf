package dev.sluice.connectors.github;

/** What GitHub lists. */
public enum GitHubList {
  ISSUES("/url"),
  COMMENTS("/url"),
  COMMITS("/url"),
  BRANCHES("/commit/url"),
  REPOSITORIES("/url");

  private final String url;

  GitHubList(String url) {
    this.url = url;
  }

  /** Where a record says which repository it belongs to, as a JSON pointer. */
  String url() {
    return url;
  }
}
