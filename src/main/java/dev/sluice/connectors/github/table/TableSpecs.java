package dev.sluice.connectors.github.table;

import dev.sluice.spi.Option;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Schema;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;

/** Makes the specs of GitHub's tables; the schema of each lies in a file of its name. */
final class TableSpecs {
  static final PrimaryKey ID = PrimaryKey.of("id");

  private static final String OWNER = "owner";

  private TableSpecs() {}

  /** A table of repositories. */
  static TableSpec ofRepositories(String name, TableMetadata metadata, Option<?>... options) {
    return described(name, metadata)
        .in(OWNER, "repository")
        .takes(TableOptions.PER_PAGE)
        .takes(options)
        .takes(TableOptions.OWNER, TableOptions.ORG, TableOptions.REPO);
  }

  /** The key of records whose field tells them apart within their repository. */
  static PrimaryKey keyInRepository(String field) {
    return PrimaryKey.of(Fields.OWNER, Fields.REPOSITORY, field);
  }

  /** A table of users or organizations. */
  static TableSpec ofOwners(String name, Option<?>... options) {
    return described(name, TableMetadata.snapshot(ID))
        .in(OWNER)
        .takes(TableOptions.PER_PAGE)
        .takes(options);
  }

  /** A table of the user whom the token stands for. */
  static TableSpec ofTheUser(String name, Option<?>... options) {
    return described(name, TableMetadata.snapshot(ID)).takes(options);
  }

  private static TableSpec described(String name, TableMetadata metadata) {
    return TableSpec.of(name, metadata)
        .columns(() -> Schema.resource(TableSpecs.class, name + ".json"));
  }
}
