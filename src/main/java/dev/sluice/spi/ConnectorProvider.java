package dev.sluice.spi;

import java.util.List;
import java.util.Optional;

/**
 * Makes connectors of one kind and describes their options and tables. It is found by {@link
 * java.util.ServiceLoader} and has a public constructor without arguments.
 */
public interface ConnectorProvider {

  /** Returns the name for pipeline files: lower case, no blanks. */
  String name();

  /** Returns one sentence for {@code sluice connectors}. */
  String description();

  /** Returns the options of the connection; secrets among them are marked. */
  List<Option<?>> connectionOptions();

  /**
   * Returns the tables with their options, known without option values and without a connection.
   * Where only the source can list all of them, the last spec is {@link TableSpec#others}.
   */
  List<TableSpec> tables();

  /** Returns the spec of the table with this name; empty when there is no such table. */
  default Optional<TableSpec> table(String name) {
    return tables().stream().filter(spec -> spec.describes(name)).findFirst();
  }

  /** Makes a connector for one invocation. Does not call the source. */
  SourceConnector create(ConnectorContext context);
}
