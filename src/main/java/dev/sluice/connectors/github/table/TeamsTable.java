package dev.sluice.connectors.github.table;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;
import java.util.Optional;

/** The teams of an organization, or all that the user is a member of. */
record TeamsTable(TableSpec spec) implements AccountTable {

  TeamsTable() {
    this(TableSpecs.ofOwners("teams", TableOptions.ORG));
  }

  @Override
  public Listing listing(GitHub gitHub, Table table) {
    Request teams =
        organization(table)
            .map(login -> Request.get("orgs/{org}/teams", login))
            .orElseGet(() -> gitHub.ofMember("user/teams", spec.name(), ", or give 'org'"));
    return Lists.of(teams, table.options());
  }

  @Override
  public SourceRecord complete(SourceRecord team, Table table) {
    return team.with(
        Fields.ORGANIZATION,
        organization(table).or(() -> team.text("organization.login")).orElse(""));
  }

  private static Optional<String> organization(Table table) {
    return table.namespace().parts().stream()
        .findFirst()
        .or(() -> table.options().find(TableOptions.ORG));
  }
}
