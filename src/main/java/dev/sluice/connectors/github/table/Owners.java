package dev.sluice.connectors.github.table;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Table;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out whose repositories are listed. It asks GitHub once whether an owner is an organization.
 */
final class Owners {
  private final ApiClient api;
  private final Map<String, Owner> known = new HashMap<>();

  Owners(ApiClient api) {
    this.api = api;
  }

  /** Returns the owner with this login, when nothing else is known. */
  Owner named(String login) {
    return known.computeIfAbsent(login.toLowerCase(Locale.ROOT), name -> ask(login));
  }

  private Owner ask(String login) {
    String type = api.json(Request.get("users/{username}", login)).path("type").asText();
    return type.equals("Organization") ? Owner.organization(login) : Owner.user(login);
  }

  /** Returns the owner that the table's namespace or its options name. */
  Owner of(Table table) {
    Optional<Owner> user =
        table.namespace().parts().stream()
            .findFirst()
            .map(this::named)
            .or(() -> table.options().find(TableOptions.OWNER).map(Owner::user));
    Optional<Owner> organization = table.options().find(TableOptions.ORG).map(Owner::organization);
    if (user.isPresent() == organization.isPresent()) {
      throw ConnectorException.configuration(
          "Table '%s' takes one of the options 'owner' and 'org', not both and not neither"
              .formatted(table.name()));
    }
    return user.or(() -> organization).get();
  }
}
