package dev.sluice.pipeline;

import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceConnector;
import java.util.List;

/**
 * A table as an entry of the pipeline file.
 *
 * @param place where the file names the source's table
 */
record TableEntry(PipelineTable table, SourceLine place) {

  /**
   * Checks whether the source has the table.
   *
   * @throws ConnectorException that names the line of an entry that cannot be right
   */
  void check(SourceConnector connector, DeclaredTables declared) {
    try {
      connector.metadata(table.table());
    } catch (ConnectorException e) {
      if (e.kind() != ConnectorException.Kind.CONFIGURATION || e.isAccessDenied()) {
        throw e;
      }
      List<String> listed = connector.listTables();
      String name = table.table().name();
      throw (listed.contains(name) ? e : declared.unknown(name, listed)).at(place.toString());
    }
  }
}
