package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;
import java.util.List;

/** The tables that a connector declares. */
record DeclaredTables(ConnectorProvider connector) {

  /**
   * The spec of this table.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} with the nearest name when there can
   *     be no such table
   */
  TableSpec require(String table) {
    return connector
        .table(table)
        .orElseThrow(
            () -> unknown(table, connector.tables().stream().map(TableSpec::name).toList()));
  }

  /** The table without options; whether there is one that only the source can list, it will say. */
  Table sourceTable(String table) {
    boolean isListedBySource =
        connector.tables().stream().anyMatch(spec -> spec.pattern().isPresent());
    return Table.named(isListedBySource ? table : require(table).name());
  }

  /** The error that says so of a table that is not among the known ones. */
  ConnectorException unknown(String table, List<String> known) {
    return ConnectorException.configuration(
        "Unknown table '%s' of connector '%s'; %s"
            .formatted(table, connector.name(), Spelling.of(known).hint(table)));
  }
}
