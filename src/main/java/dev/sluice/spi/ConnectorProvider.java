package dev.sluice.spi;

import java.util.List;

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

  /** All options that any of the tables takes. */
  List<Option<?>> tableOptions();

  /** Makes a connector for one invocation. Does not call the source. */
  SourceConnector create(ConnectorContext context);
}
