package dev.sluice.connectors.github;

/** What a repository of the stand-in is or lacks; without any it is a user's, public and empty. */
public enum RepositoryTrait {
  OF_ORGANIZATION,
  PRIVATE,
  FORK,
  /** Issues are switched off: the list of issues holds the pull requests only. */
  WITHOUT_ISSUES,
  /** Issues are switched off, and the server says so with 410, as older ones do. */
  ISSUES_GONE,
  /** Pull requests are switched off, which is 404. */
  WITHOUT_PULL_REQUESTS,
  /** GitHub has taken it from the net, and answers 403 whatever is asked. */
  BLOCKED,
  /** The token may not write, and so not see the collaborators. */
  WITHOUT_PUSH_ACCESS
}
