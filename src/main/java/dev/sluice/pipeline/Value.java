package dev.sluice.pipeline;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the pipeline file, with its place and its name in messages. It fails when it is asked
 * for another kind of value than it is.
 */
record Value(String file, String label, Node node) {

  SourceLine place() {
    return new SourceLine(file, node.getStartMark().getLine() + 1);
  }

  /** Returns text in the strict sense: a number or a boolean must be quoted. */
  String text() {
    String text = scalar();
    if (!node.getTag().equals(Tag.STR)) {
      throw place().error("%s is %s; put it in quotes: \"%s\"".formatted(label, kind(), text));
    }
    return text;
  }

  /** Returns the source text of a scalar of any kind, which is no reference. */
  String scalar() {
    String text = reference();
    if (Reference.isMeant(text)) {
      throw place()
          .error(
              "%s takes no reference; references are for 'connection' only, and ${env:NAME} for 'destination.uri'"
                  .formatted(label));
    }
    return text;
  }

  /** Returns the source text of a scalar, which may be a reference. */
  String reference() {
    if (!(node instanceof ScalarNode scalar)) {
      throw place().error("%s is %s; it takes one value".formatted(label, kind()));
    }
    if (isEmpty()) {
      throw place().error("%s has no value".formatted(label));
    }
    if (!isStandard()) {
      throw place().error("%s has the tag '%s', which has no meaning here".formatted(label, tag()));
    }
    if (scalar.getValue().isBlank()) {
      throw place().error("%s is blank".formatted(label));
    }
    return scalar.getValue();
  }

  /** Returns a scalar as it is, or a list of scalars joined by commas. */
  String joined() {
    return isList()
        ? list().stream().map(Value::scalar).collect(Collectors.joining(","))
        : scalar();
  }

  /** Returns the value with the variables that its text names. */
  Value filled(Map<String, String> variables) {
    String text = reference();
    return Reference.isMeant(text)
        ? new Value(
            file,
            label,
            new ScalarNode(
                node.getTag(),
                Reference.fill(text, place(), variables),
                node.getStartMark(),
                node.getEndMark(),
                DumperOptions.ScalarStyle.PLAIN))
        : this;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  List<Value> list() {
    if (!(node instanceof SequenceNode sequence)) {
      throw place().error("%s is %s; it takes a list".formatted(label, kind()));
    }
    if (sequence.getValue().isEmpty()) {
      throw place().error("%s is an empty list".formatted(label));
    }
    return sequence.getValue().stream().map(item -> new Value(file, label, item)).toList();
  }

  /**
   * Returns a mapping. No value counts as an empty mapping, for example when every line of it is a
   * comment.
   */
  Mapping mapping() {
    if (node instanceof MappingNode mapping) {
      return Mapping.of(this, mapping);
    }
    if (isEmpty()) {
      return Mapping.empty(this);
    }
    throw place().error("%s is %s; it takes 'key: value' lines".formatted(label, kind()));
  }

  private boolean isEmpty() {
    return node.getNodeId() == NodeId.scalar && node.getTag().equals(Tag.NULL);
  }

  private boolean isStandard() {
    return node.getTag().startsWith(Tag.PREFIX);
  }

  private String tag() {
    return node.getTag().getValue();
  }

  private String kind() {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    Tag tag = node.getTag();
    if (tag.equals(Tag.STR)) {
      return "text";
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return "a number";
    }
    if (tag.equals(Tag.BOOL)) {
      return "true or false to YAML";
    }
    return tag.equals(Tag.TIMESTAMP) ? "a timestamp to YAML" : "a " + tag();
  }
}
