package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/** HubSpot's CRM API: objects, their lists, searches, properties, schemas and associations. */
final class CrmApi {
  static final String CUSTOM = "2-7654321";
  static final String CUSTOM_NAME = "cars";

  private static final int MOST_PER_LIST = 100;
  private static final int MOST_PER_BATCH = 100;
  private static final int MOST_IN_URL = 16_000;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<String> LIST_PARAMETERS =
      Set.of("limit", "after", "properties", "propertiesWithHistory", "associations", "archived");

  private final Map<String, CrmTable> tables = new LinkedHashMap<>();
  private final CrmAssociations associations = new CrmAssociations();
  private final AtomicBoolean schemasAllowed = new AtomicBoolean(true);

  CrmApi() {
    for (ObjectType type : ObjectType.STANDARD) {
      add(new CrmTable(type.name(), type.modified(), CrmFixture.properties(type.modified())));
    }
    add(new CrmTable(CUSTOM, CrmFixture.MODIFIED, CrmFixture.properties(CrmFixture.MODIFIED)));
  }

  private void add(CrmTable table) {
    tables.put(table.name(), table);
  }

  CrmTable table(String name) {
    return Optional.ofNullable(tables.get(name))
        .orElseThrow(
            () ->
                new HubSpotRefusal(
                    400, "VALIDATION_ERROR", "Unable to infer object type: " + name));
  }

  List<CrmTable> tables() {
    return List.copyOf(tables.values());
  }

  CrmAssociations associations() {
    return associations;
  }

  /** Whether the token has the scope for schemas of custom objects. */
  void allowSchemas(boolean allowed) {
    schemasAllowed.set(allowed);
  }

  Reply answer(Call call) {
    String[] path = call.path().substring(1).split("/", -1);
    boolean get = call.method().equals("GET");
    if (call.path().length() + call.queryString().length() > MOST_IN_URL) {
      return new Reply(414, Map.of("Content-Type", "text/html"), "<h1>414 URI Too Long</h1>");
    }
    try {
      if (get && call.path().equals("/crm-object-schemas/2026-03/schemas")) {
        return schemas();
      }
      return switch (route(path)) {
        case "crm/objects/2026-03" -> get ? list(call, table(path[3])) : notFound();
        case "crm/objects/2026-03/search" -> CrmSearch.answer(table(path[3]), call.body());
        case "crm/objects/2026-03/batch/read" -> batch(table(path[3]), call.body());
        case "crm/properties/2026-03" -> get ? properties(table(path[3])) : notFound();
        case "crm/associations/2026-03/batch/read" ->
            associations.answer(table(path[3]).name(), table(path[4]).name(), call.body());
        default -> notFound();
      };
    } catch (HubSpotRefusal e) {
      return e.reply();
    }
  }

  /** The path without the types of objects in it. */
  private static String route(String[] path) {
    int types = path.length > 1 && path[1].equals("associations") ? 2 : 1;
    if (path.length < 3 + types) {
      return "";
    }
    var head = Arrays.stream(path, 0, 3).toList();
    var tail = Arrays.stream(path, 3 + types, path.length).toList();
    return String.join("/", head) + (tail.isEmpty() ? "" : "/" + String.join("/", tail));
  }

  private static Reply list(Call call, CrmTable table) {
    if (!LIST_PARAMETERS.containsAll(call.query().keySet())) {
      throw new HubSpotRefusal(
          400, "VALIDATION_ERROR", "no such parameter: " + call.query().keySet());
    }
    int limit = call.query("limit").map(Integer::valueOf).orElse(10);
    if (limit < 1 || limit > MOST_PER_LIST) {
      throw new HubSpotRefusal(400, "VALIDATION_ERROR", "limit must be less than or equal to 100");
    }
    long after = call.query("after").map(Long::valueOf).orElse(0L);
    boolean archived = call.query("archived").map(Boolean::valueOf).orElse(false);
    List<CrmObject> rest = archived ? table.archivedAfter(after) : table.liveAfter(after);
    List<CrmObject> page =
        rest.subList(0, Math.min(rest.size(), Math.min(limit, table.mostPerPage())));
    ArrayNode names = MAPPER.createArrayNode();
    Arrays.stream(call.query("properties").orElse("").split(",")).forEach(names::add);
    ObjectNode answer = MAPPER.createObjectNode();
    ArrayNode results = answer.putArray("results");
    page.forEach(object -> results.add(object.json(names(table, names))));
    if (page.size() < rest.size()) {
      String last = Long.toString(page.getLast().id());
      answer.putObject("paging").putObject("next").put("after", last).put("link", "ignored");
    }
    return Reply.json(200, answer.toString());
  }

  private static Reply batch(CrmTable table, String text) {
    JsonNode body =
        body(text, Set.of("properties", "propertiesWithHistory", "inputs", "idProperty"));
    JsonNode inputs = body.path("inputs");
    if (inputs.size() > MOST_PER_BATCH) {
      throw new HubSpotRefusal(
          400, "VALIDATION_ERROR", "inputs: 100 at most, not " + inputs.size());
    }
    ObjectNode answer = MAPPER.createObjectNode().put("status", "COMPLETE");
    ArrayNode results = answer.putArray("results");
    ArrayNode missing = MAPPER.createArrayNode();
    Set<String> names = names(table, body.path("properties"));
    for (JsonNode input : inputs) {
      table
          .find(input.path("id").asLong())
          .ifPresentOrElse(
              object -> results.add(object.json(names)), () -> missing.add(input.path("id")));
    }
    if (!missing.isEmpty()) {
      ObjectNode error = answer.put("numErrors", 1).putArray("errors").addObject();
      error.put("status", "error").put("category", "OBJECT_NOT_FOUND");
      error.put("message", "Could not get some objects, they may be deleted or not exist.");
      error.putObject("context").set("ids", missing);
    }
    return Reply.json(missing.isEmpty() ? 200 : 207, answer.toString());
  }

  private static Reply properties(CrmTable table) {
    ObjectNode answer = MAPPER.createObjectNode();
    ArrayNode results = answer.putArray("results");
    table
        .properties()
        .forEach((name, type) -> results.addObject().put("name", name).put("type", type));
    return Reply.json(200, answer.toString());
  }

  private Reply schemas() {
    if (!schemasAllowed.get()) {
      throw new HubSpotRefusal(
          403, "MISSING_SCOPES", "This app hasn't been granted all required scopes");
    }
    ObjectNode answer = MAPPER.createObjectNode();
    answer
        .putArray("results")
        .addObject()
        .put("objectTypeId", CUSTOM)
        .put("name", CUSTOM_NAME)
        .put("fullyQualifiedName", "p1234_" + CUSTOM_NAME);
    return Reply.json(200, answer.toString());
  }

  /** What is asked for and exists, and what is always told. */
  static Set<String> names(CrmTable table, JsonNode wanted) {
    Set<String> names = new TreeSet<>(Set.of("createdate", table.modified(), "hs_object_id"));
    wanted.forEach(name -> names.add(name.asText()));
    names.retainAll(table.properties().keySet());
    return names;
  }

  static JsonNode body(String text, Set<String> fields) {
    try {
      JsonNode body = MAPPER.readTree(text);
      for (var field : body.properties()) {
        if (!fields.contains(field.getKey())) {
          throw new HubSpotRefusal(400, "VALIDATION_ERROR", "Unknown field " + field.getKey());
        }
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new HubSpotRefusal(400, "VALIDATION_ERROR", "Invalid input JSON");
    }
  }

  private static Reply notFound() {
    return new HubSpotRefusal(404, "OBJECT_NOT_FOUND", "resource not found").reply();
  }
}
