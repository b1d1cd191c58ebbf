package dev.sluice.connectors.github;

import dev.sluice.rest.Request;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Table;
import java.util.Optional;

/** Whose repositories are listed: of an organization, those that the credential may see. */
sealed interface Owner {

  String login();

  /** Asks for the repositories. */
  Request repositories();

  /** A user, or an organization of which the public repositories will do. */
  record User(String login) implements Owner {
    @Override
    public Request repositories() {
      return Request.get("users/{owner}/repos", login).with("type", "owner");
    }
  }

  /** An organization. */
  record Organization(String login) implements Owner {
    @Override
    public Request repositories() {
      return Request.get("orgs/{org}/repos", login).with("type", "all");
    }
  }

  /** The one that the table's namespace or its options name. */
  static Owner of(Table table) {
    Optional<Owner> user = user(table).map(User::new);
    Optional<Owner> organization = organization(table).map(Organization::new);
    if (user.isPresent() == organization.isPresent()) {
      throw ConnectorException.configuration(
          "Table '%s' takes one of the options 'owner' and 'org', not both and not neither"
              .formatted(table.name()));
    }
    return user.or(() -> organization).get();
  }

  private static Optional<String> user(Table table) {
    return table.namespace().parts().stream()
        .findFirst()
        .or(() -> table.options().find(GitHubProvider.OWNER));
  }

  static Optional<String> organization(Table table) {
    return table.options().find(GitHubProvider.ORG);
  }
}
