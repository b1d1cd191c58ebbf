package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Adds to objects what they are associated with: for each type of associated object a column with
 * the ids, and in {@code associations} the same with the labels. Neither a search nor the list
 * returns all of it.
 */
record Associations(ApiClient api, ObjectType from, List<String> to) {

  /** HubSpot accepts 1,000. */
  private static final int MOST_PER_REQUEST = 1_000;

  private static final JsonMapper MAPPER = new JsonMapper();

  List<SourceRecord> addTo(List<SourceRecord> objects) {
    if (to.isEmpty() || objects.isEmpty()) {
      return objects;
    }
    List<String> ids = objects.stream().map(LiveObjects::id).toList();
    Map<String, Map<String, ArrayNode>> byType = new LinkedHashMap<>();
    to.forEach(type -> byType.put(type, read(type, ids)));
    return objects.stream().map(object -> with(byType, object)).toList();
  }

  /** Inserts the associations into HubSpot's text, which is otherwise unchanged. */
  private static SourceRecord with(
      Map<String, Map<String, ArrayNode>> byType, SourceRecord object) {
    String id = LiveObjects.id(object);
    ObjectNode added = MAPPER.createObjectNode();
    ObjectNode labelled = MAPPER.createObjectNode();
    byType.forEach(
        (type, associated) -> {
          ArrayNode all = associated.getOrDefault(id, MAPPER.createArrayNode());
          ArrayNode ids = added.putArray(type);
          StreamSupport.stream(all.spliterator(), false)
              .map(one -> one.path("id").asText())
              .distinct()
              .forEach(ids::add);
          labelled.set(type, all);
        });
    added.set("associations", labelled);
    String json = object.json();
    return SourceRecord.of(
        json.substring(0, json.lastIndexOf('}')) + "," + added.toString().substring(1));
  }

  /** Reads what each of the objects is associated with. */
  private Map<String, ArrayNode> read(String type, List<String> ids) {
    Map<String, ArrayNode> found = new TreeMap<>();
    Map<String, String> pending = new LinkedHashMap<>();
    ids.forEach(id -> pending.put(id, ""));
    while (!pending.isEmpty()) {
      var inputs =
          pending.entrySet().stream().limit(MOST_PER_REQUEST).map(Map.Entry::copyOf).toList();
      JsonNode answer =
          api.json(
              Request.post(Paths.ASSOCIATIONS, body(inputs), from.name(), type),
              HubSpotResponses.MULTI_STATUS);
      inputs.forEach(input -> pending.remove(input.getKey()));
      for (JsonNode result : HubSpotResponses.batch(answer, "associations")) {
        String id = HubSpotResponses.required(result, "/from/id", "associations");
        collect(result.path("to"), found.computeIfAbsent(id, none -> MAPPER.createArrayNode()));
        next(result, id, inputs).ifPresent(after -> pending.put(id, after));
      }
    }
    return found;
  }

  private static Optional<String> next(
      JsonNode result, String id, List<Map.Entry<String, String>> inputs) {
    String after = result.at("/paging/next/after").asText("");
    if (!after.isEmpty() && inputs.contains(Map.entry(id, after))) {
      throw ConnectorException.protocol(
          "A page of the associations of %s leads to itself".formatted(id));
    }
    return Optional.of(after).filter(text -> !text.isEmpty());
  }

  private static String body(List<Map.Entry<String, String>> inputs) {
    ObjectNode body = MAPPER.createObjectNode();
    ArrayNode array = body.putArray("inputs");
    inputs.forEach(
        input -> {
          ObjectNode one = array.addObject().put("id", input.getKey());
          if (!input.getValue().isEmpty()) {
            one.put("after", input.getValue());
          }
        });
    return body.toString();
  }

  private static void collect(JsonNode associated, ArrayNode all) {
    for (JsonNode one : associated) {
      String id = HubSpotResponses.required(one, "/toObjectId", "associations");
      for (JsonNode kind : one.path("associationTypes")) {
        all.addObject()
            .put("id", id)
            .<ObjectNode>set("category", kind.path("category"))
            .<ObjectNode>set("typeId", kind.path("typeId"))
            .set("label", kind.path("label"));
      }
      if (one.path("associationTypes").isEmpty()) {
        all.addObject().put("id", id);
      }
    }
  }
}
