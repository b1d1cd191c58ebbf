package dev.sluice.spi;

import java.util.List;

/** A connector whose tables are in namespaces, such as {@code [owner, repository]}. */
public interface SupportsNamespaces extends SourceConnector {

  /**
   * Returns the namespaces directly below {@code parent}; {@link Namespace#ROOT} for the topmost.
   */
  List<Namespace> listNamespaces(Namespace parent);

  List<String> listTables(Namespace namespace);
}
