package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;
import java.util.List;

/** The tables that a connector declares. */
record DeclaredTables(ConnectorProvider connector) {

  /**
   * Returns the spec of this table.
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

  /**
   * Returns the table without options. Where only the source can list some tables, the name is not
   * checked here; the source decides.
   */
  Table sourceTable(String table) {
    boolean isListedBySource =
        connector.tables().stream().anyMatch(spec -> spec.pattern().isPresent());
    return Table.named(isListedBySource ? table : require(table).name());
  }

  /** Returns the error for a table that is not among the known ones. */
  ConnectorException unknown(String table, List<String> known) {
    return ConnectorException.configuration(
        "Unknown table '%s' of connector '%s'; %s"
            .formatted(table, connector.name(), Spelling.of(known).hint(table)));
  }
}
