package dev.sluice.cli;

import dev.sluice.cli.terminal.TextTable;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SupportsNamespaces;
import java.util.ArrayList;
import java.util.List;

/**
 * The namespaces of a source and the tables in each; a namespace comes before those inside it.
 *
 * @param isCut whether there are more than these
 */
record NamespaceTree(List<Node> nodes, boolean isCut) {
  private static final int MOST = 200;
  private static final String INDENT = "  ";

  /** A namespace and the tables directly in it. */
  record Node(Namespace namespace, List<String> tables) {}

  /** Returns the first namespaces; empty for a source without namespaces. */
  static NamespaceTree of(SourceConnector connector) {
    List<Node> nodes = new ArrayList<>();
    if (connector instanceof SupportsNamespaces source) {
      addBelow(Namespace.ROOT, source, nodes);
    }
    return nodes.size() > MOST
        ? new NamespaceTree(List.copyOf(nodes.subList(0, MOST)), true)
        : new NamespaceTree(List.copyOf(nodes), false);
  }

  /** Adds one more than is shown, so that it is known that there are more. */
  private static void addBelow(Namespace parent, SupportsNamespaces source, List<Node> nodes) {
    for (Namespace namespace : source.listNamespaces(parent)) {
      if (nodes.size() > MOST) {
        return;
      }
      nodes.add(new Node(namespace, source.listTables(namespace)));
      addBelow(namespace, source, nodes);
    }
  }

  List<String> lines() {
    if (nodes.isEmpty()) {
      return List.of();
    }
    var grid = TextTable.of("NAMESPACE", "TABLES");
    for (Node node : nodes) {
      List<String> parts = node.namespace().parts();
      grid.row(INDENT.repeat(parts.size() - 1) + parts.getLast(), String.join(", ", node.tables()));
    }
    List<String> lines = new ArrayList<>(List.of(""));
    lines.addAll(grid.lines());
    if (isCut) {
      lines.add("... and more than these " + MOST);
    }
    return lines;
  }

  /** Returns the namespaces that have this table. */
  List<Namespace> of(String table) {
    return nodes.stream()
        .filter(node -> node.tables().contains(table))
        .map(Node::namespace)
        .toList();
  }
}
