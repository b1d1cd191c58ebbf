package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorException;
import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads YAML into nodes that know their lines. Tags construct no objects. */
final class Yaml {
  static final int MAXIMUM_SIZE = 1 << 20;
  private static final int MAXIMUM_ALIASES = 50;
  private static final int MAXIMUM_DEPTH = 20;

  private Yaml() {}

  static Value parse(String text, String file) {
    if (text.length() > MAXIMUM_SIZE) {
      throw ConnectorException.configuration(
          "%s: a pipeline file has at most %d characters, this one has %d"
              .formatted(file, MAXIMUM_SIZE, text.length()));
    }
    Node root;
    try {
      root = new org.yaml.snakeyaml.Yaml(limits()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new SourceLine(file, line).error("not well-formed YAML: " + e.getProblem(), e);
    } catch (YAMLException | IllegalArgumentException e) { // the latter for a tag such as '!%0'
      throw ConnectorException.configuration(file + ": not well-formed YAML: " + firstLine(e), e);
    }
    if (root == null) {
      throw new SourceLine(file, 1)
          .error("the file is empty; it needs at least 'name' and 'connector'");
    }
    return new Value(file, "the pipeline", root);
  }

  private static LoaderOptions limits() {
    var options = new LoaderOptions();
    options.setCodePointLimit(MAXIMUM_SIZE);
    options.setMaxAliasesForCollections(MAXIMUM_ALIASES);
    options.setNestingDepthLimit(MAXIMUM_DEPTH);
    return options;
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
  }
}
