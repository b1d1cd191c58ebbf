package dev.sluice.connectors.github.table;

import dev.sluice.rest.http.Request;

/**
 * Whose repositories are listed.
 *
 * @param repositories asks for them
 */
record Owner(String login, Request repositories) {

  /** A user, or an organization of which the public repositories will do. */
  static Owner user(String login) {
    return new Owner(login, Request.get("users/{owner}/repos", login).with("type", "owner"));
  }

  /** An organization, of which all repositories are listed that the credential may see. */
  static Owner organization(String login) {
    return new Owner(login, Request.get("orgs/{org}/repos", login).with("type", "all"));
  }
}
