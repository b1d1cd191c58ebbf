package dev.sluice.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Answers that are JSON still, and no longer right. */
final class SpoiltJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What stand-ins call the link to the next page. */
  private static final List<String> NEXT = List.of("next", "next_page", "paging", "link");

  private SpoiltJson() {}

  /** Puts null in place of the last element of the longest array. */
  static Reply withNullElement(Reply reply) {
    JsonNode body = tree(reply);
    List<ArrayNode> arrays = new ArrayList<>();
    if (body instanceof ArrayNode array) {
      arrays.add(array);
    }
    body.forEach(
        field -> {
          if (field instanceof ArrayNode array && body.isObject()) {
            arrays.add(array);
          }
        });
    arrays.stream()
        .filter(array -> !array.isEmpty())
        .max(Comparator.comparingInt(array -> array.toString().length()))
        .ifPresent(array -> array.set(array.size() - 1, MAPPER.nullNode()));
    return new Reply(reply.status(), reply.headers(), body.toString());
  }

  /** Leaves out what leads on. */
  static Reply withoutNext(Reply reply) {
    JsonNode body = tree(reply);
    if (body instanceof ObjectNode object) {
      object.remove(NEXT);
    }
    var headers = new TreeMap<>(reply.headers());
    headers.remove("Link");
    return new Reply(reply.status(), headers, body.toString());
  }

  private static JsonNode tree(Reply reply) {
    try {
      return MAPPER.readTree(reply.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A stand-in answers JSON", e);
    }
  }
}
