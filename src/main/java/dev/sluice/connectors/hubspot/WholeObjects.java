package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads objects by their ids, with any number of properties. */
record WholeObjects(ApiClient api, ObjectType type, List<String> properties) {
  private static final int MOST_PER_REQUEST = 100;
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Returns the same objects, whole. Two kinds are left out: those archived meanwhile, which the
   * archived list includes, and those merged into another object, which is read on its own.
   */
  List<SourceRecord> of(List<SourceRecord> records) {
    List<String> ids = records.stream().map(LiveObjects::id).toList();
    List<SourceRecord> whole = new ArrayList<>();
    for (int i = 0; i < ids.size(); i += MOST_PER_REQUEST) {
      whole.addAll(read(ids.subList(i, Math.min(ids.size(), i + MOST_PER_REQUEST))));
    }
    return whole;
  }

  private List<SourceRecord> read(List<String> ids) {
    Request request = Request.post(Paths.OBJECTS_BY_ID, body(ids), type.name());
    JsonNode answer = api.json(request, HubSpotResponses.MULTI_STATUS);
    Set<String> missing = new HashSet<>(ids);
    List<SourceRecord> whole = new ArrayList<>();
    boolean hasOthers = false;
    for (JsonNode object : HubSpotResponses.batch(answer, "objects")) {
      if (missing.remove(HubSpotResponses.required(object, "/id", "objects"))) {
        whole.add(SourceRecord.of(object.toString()));
      } else {
        hasOthers = true;
      }
    }
    if (!hasOthers) {
      HubSpotResponses.requireGone(missing, answer, "objects");
    }
    return whole;
  }

  private String body(List<String> ids) {
    ObjectNode body = MAPPER.createObjectNode();
    ArrayNode names = body.putArray("properties");
    properties.forEach(names::add);
    body.putArray("propertiesWithHistory");
    ArrayNode inputs = body.putArray("inputs");
    ids.forEach(id -> inputs.addObject().put("id", id));
    return body.toString();
  }
}
