package dev.sluice.connectors.github.table;

import dev.sluice.rest.page.Listing;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;

/** The user to whom the token belongs: one row. */
record UsersTable(TableSpec spec) implements AccountTable {

  UsersTable() {
    this(TableSpecs.ofTheUser("users"));
  }

  @Override
  public Listing listing(GitHub gitHub, Table table) {
    return Listing.of(gitHub.ofUser("user", spec.name(), "")).single();
  }
}
