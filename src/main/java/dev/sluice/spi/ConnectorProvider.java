package dev.sluice.spi;

import java.util.List;
import java.util.Optional;

/**
 * Makes connectors of one kind and says what they take. Found by {@link java.util.ServiceLoader};
 * has a public constructor without arguments.
 */
public interface ConnectorProvider {

  /** The name in pipeline files: lower case, no blanks. */
  String name();

  /** One sentence for {@code sluice connectors}. */
  String description();

  /** The options of the connection; secrets among them are marked. */
  List<Option<?>> connectionOptions();

  /**
   * The tables with their options, known without options and without a connection. Where only the
   * source can list all of them, the last spec is {@link TableSpec#others}.
   */
  List<TableSpec> tables();

  /** The spec of the table of this name; empty when there is no such table. */
  default Optional<TableSpec> table(String name) {
    return tables().stream().filter(spec -> spec.describes(name)).findFirst();
  }

  /** Makes a connector for one invocation. Does not call the source. */
  SourceConnector create(ConnectorContext context);
}
