package dev.sluice.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of an error's body that say what is wrong. Nothing else of a body is shown: it may
 * hold records, or what was sent.
 *
 * @param fields each a path of names with dots between them, which leads through arrays
 */
public record ErrorMessage(List<String> fields) {
  private static final int LARGEST_BODY = 64 << 10;
  private static final int MOST_TEXTS = 10;

  public ErrorMessage {
    fields = List.copyOf(fields);
  }

  public static ErrorMessage in(String... fields) {
    return new ErrorMessage(List.of(fields));
  }

  /** Returns what the fields of a body say; empty when it has none of them. */
  public String text(byte[] body, int length) {
    return fields.isEmpty() || length > LARGEST_BODY ? "" : text(document(body, length));
  }

  private static JsonNode document(byte[] body, int length) {
    try {
      return Documents.tree(body, length, ErrorDetector.none());
    } catch (IOException e) {
      return MissingNode.getInstance(); // an error of a proxy, say
    }
  }

  private String text(JsonNode document) {
    return fields.stream()
        .flatMap(field -> values(Stream.of(document), List.of(field.split("\\.", -1))))
        .filter(node -> node.isValueNode() && !node.isNull())
        .map(JsonNode::asText)
        .filter(text -> !text.isBlank())
        .distinct()
        .limit(MOST_TEXTS)
        .collect(Collectors.joining(", "));
  }

  private static Stream<JsonNode> values(Stream<JsonNode> nodes, List<String> path) {
    Stream<JsonNode> single = nodes.flatMap(n -> n.isArray() ? n.valueStream() : Stream.of(n));
    return path.isEmpty()
        ? single
        : values(single.map(n -> n.path(path.getFirst())), path.subList(1, path.size()));
  }
}
