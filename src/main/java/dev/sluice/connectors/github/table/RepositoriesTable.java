package dev.sluice.connectors.github.table;

import dev.sluice.rest.page.Listing;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;

/** The repositories of an owner, each with its own name in the fields that other tables have. */
record RepositoriesTable(TableSpec spec) implements AccountTable {

  RepositoriesTable() {
    this(TableSpecs.ofOwners("repositories", TableOptions.OWNER, TableOptions.ORG));
  }

  @Override
  public Listing listing(GitHub gitHub, Table table) {
    return Lists.of(gitHub.owners().of(table).repositories(), table.options());
  }

  @Override
  public SourceRecord complete(SourceRecord record, Table table) {
    Repository repository = Repository.of(record);
    SourceRecord named =
        record.with(Fields.OWNER, repository.owner()).with(Fields.REPOSITORY, repository.name());
    return named.text(Fields.CLONE_TOKEN).filter(token -> !token.isEmpty()).isPresent()
        ? named.with(Fields.CLONE_TOKEN, "")
        : named;
  }
}
