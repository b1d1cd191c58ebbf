package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.spi.Option;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Schema;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;

/** Makes the specs of GitHub's tables; the schema of each is in a file with the table's name. */
final class TableSpecs {
  static final PrimaryKey ID = PrimaryKey.of("id");

  private static final String OWNER = "owner";

  private TableSpecs() {}

  /** Returns the spec of a table of repositories. */
  static TableSpec ofRepositories(String name, TableMetadata metadata, Option<?>... options) {
    return described(name, metadata)
        .in(OWNER, "repository")
        .takes(TableOptions.PER_PAGE)
        .takes(options)
        .takes(TableOptions.OWNER, TableOptions.ORG, TableOptions.REPO);
  }

  /** Returns the key of records that a field distinguishes within their repository. */
  static PrimaryKey keyInRepository(String field) {
    return PrimaryKey.of(Fields.OWNER, Fields.REPOSITORY, field);
  }

  /** Returns the spec of a table of users or organizations. */
  static TableSpec ofOwners(String name, Option<?>... options) {
    return described(name, TableMetadata.snapshot(ID))
        .in(OWNER)
        .takes(TableOptions.PER_PAGE, Snapshot.CONSISTENCY)
        .takes(options);
  }

  /** Returns the spec of a table of the user to whom the token belongs. */
  static TableSpec ofTheUser(String name, Option<?>... options) {
    return described(name, TableMetadata.snapshot(ID)).takes(Snapshot.CONSISTENCY).takes(options);
  }

  private static TableSpec described(String name, TableMetadata metadata) {
    return TableSpec.of(name, metadata)
        .columns(() -> Schema.resource(TableSpecs.class, name + ".json"));
  }
}
