package dev.sluice.connectors.github.table;

import dev.sluice.rest.http.Request;

/**
 * The owner whose repositories are listed.
 *
 * @param repositories asks for them
 */
record Owner(String login, Request repositories) {

  /** Returns a user, or an organization whose public repositories are enough. */
  static Owner user(String login) {
    return new Owner(login, Request.get("users/{owner}/repos", login).with("type", "owner"));
  }

  /** Returns an organization, with all repositories that the credential may see. */
  static Owner organization(String login) {
    return new Owner(login, Request.get("orgs/{org}/repos", login).with("type", "all"));
  }
}
