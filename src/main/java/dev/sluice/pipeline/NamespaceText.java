package dev.sluice.pipeline;

import dev.sluice.spi.Namespace;
import dev.sluice.spi.TableSpec;
import java.util.List;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads a namespace: a list of its parts, or one text with slashes between them. */
final class NamespaceText {
  private static final String SLASH = "/";

  private NamespaceText() {}

  static Namespace parse(Value value, TableSpec spec) {
    if (spec.namespace().isEmpty()) {
      throw value
          .place()
          .error("table '%s' lies in no namespace; remove 'namespace'".formatted(spec.name()));
    }
    List<String> parts =
        value.node() instanceof SequenceNode
            ? value.list().stream().map(Value::text).toList()
            : List.of(value.text().split(SLASH, -1));
    if (parts.size() != spec.namespace().size() || parts.stream().anyMatch(String::isBlank)) {
      throw value
          .place()
          .error(
              "'namespace' is '%s'; table '%s' lies in one of the form %s"
                  .formatted(
                      String.join(SLASH, parts),
                      spec.name(),
                      String.join(SLASH, spec.namespace())));
    }
    return new Namespace(parts);
  }
}
