package dev.sluice.connectors.github;

import dev.sluice.rest.Request;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Table;
import java.util.Optional;

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

  /** The one that the table's namespace or its options name. */
  static Owner of(Table table) {
    Optional<Owner> user =
        table.namespace().parts().stream()
            .findFirst()
            .or(() -> table.options().find(GitHubProvider.OWNER))
            .map(Owner::user);
    Optional<Owner> organization =
        table.options().find(GitHubProvider.ORG).map(Owner::organization);
    if (user.isPresent() == organization.isPresent()) {
      throw ConnectorException.configuration(
          "Table '%s' takes one of the options 'owner' and 'org', not both and not neither"
              .formatted(table.name()));
    }
    return user.or(() -> organization).get();
  }
}
