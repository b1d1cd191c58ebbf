package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testkit.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/**
 * Who is associated with whom. Where nothing was said, the last digit of an object's id decides: it
 * is associated with the objects of that number, with none for a 4.
 */
final class CrmAssociations {
  static final int MOST_INPUTS = 1_000;
  static final int PER_PAGE = 500;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, List<Long>> said = new ConcurrentHashMap<>();

  void say(String from, long id, String to, List<Long> associated) {
    said.put(from + "/" + id + "/" + to, associated);
  }

  private List<Long> of(String from, long id, String to) {
    return Optional.ofNullable(said.get(from + "/" + id + "/" + to))
        .orElseGet(
            () -> id % 10 == 4 ? List.of() : List.of(7_000_000 + id % 10, 8_000_000 + id % 10));
  }

  Reply answer(String from, String to, String text) {
    JsonNode inputs = CrmApi.body(text, Set.of("inputs")).path("inputs");
    if (inputs.isEmpty() || inputs.size() > MOST_INPUTS) {
      throw new HubSpotRefusal(400, "VALIDATION_ERROR", "inputs: 1 to 1000, not " + inputs.size());
    }
    ObjectNode answer = MAPPER.createObjectNode().put("status", "COMPLETE");
    ArrayNode results = answer.putArray("results");
    ArrayNode errors = MAPPER.createArrayNode();
    for (JsonNode input : inputs) {
      long id = input.path("id").asLong();
      List<Long> all = of(from, id, to);
      if (all.isEmpty()) {
        errors.add(none(from, id, to));
      } else {
        results.add(result(id, all, place(input.path("after").asText(""))));
      }
    }
    if (!errors.isEmpty()) {
      answer.put("numErrors", errors.size()).set("errors", errors);
    }
    return Reply.json(errors.isEmpty() ? 200 : 207, answer.toString());
  }

  private static int place(String after) {
    return after.isEmpty() ? 0 : Integer.parseInt(after.substring("page-".length()));
  }

  private static ObjectNode result(long id, List<Long> all, int from) {
    ObjectNode result = MAPPER.createObjectNode();
    result.putObject("from").put("id", Long.toString(id));
    int end = Math.min(all.size(), from + PER_PAGE);
    ArrayNode to = result.putArray("to");
    LongStream.of(all.subList(from, end).stream().mapToLong(Long::longValue).toArray())
        .forEach(
            other -> {
              ObjectNode one = to.addObject().put("toObjectId", other);
              ArrayNode types = one.putArray("associationTypes");
              kind(types, "HUBSPOT_DEFINED", 279).putNull("label");
              kind(types, "USER_DEFINED", 36).put("label", "Decision maker");
            });
    if (end < all.size()) {
      result.putObject("paging").putObject("next").put("after", "page-" + end);
    }
    return result;
  }

  private static ObjectNode kind(ArrayNode types, String category, int id) {
    return types.addObject().put("category", category).put("typeId", id);
  }

  private static ObjectNode none(String from, long id, String to) {
    ObjectNode error =
        MAPPER
            .createObjectNode()
            .put("status", "error")
            .put("category", "OBJECT_NOT_FOUND")
            .put("subCategory", "crm.associations.NO_ASSOCIATIONS_FOUND")
            .put("message", "No %s is associated with %s %d.".formatted(to, from, id));
    error.putObject("context").putArray("fromObjectId").add(Long.toString(id));
    return error;
  }
}
