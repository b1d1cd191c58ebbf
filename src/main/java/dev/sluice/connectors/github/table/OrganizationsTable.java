package dev.sluice.connectors.github.table;

import dev.sluice.rest.page.Listing;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;

/** The organizations of the user to whom the token belongs. */
record OrganizationsTable(TableSpec spec) implements AccountTable {

  OrganizationsTable() {
    this(TableSpecs.ofTheUser("organizations", TableOptions.PER_PAGE));
  }

  @Override
  public Listing listing(GitHub gitHub, Table table) {
    return Lists.of(gitHub.ofMember("user/orgs", spec.name(), ""), table.options());
  }
}
