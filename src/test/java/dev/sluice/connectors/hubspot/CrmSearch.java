package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testkit.Reply;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** HubSpot's search: what it finds in its index, and what it refuses. */
final class CrmSearch {
  static final int CEILING = 10_000;
  private static final int MOST_PER_PAGE = 200;
  private static final int MOST_CHARACTERS = 3_000;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<String> FIELDS =
      Set.of("filterGroups", "sorts", "query", "properties", "limit", "after");

  private CrmSearch() {}

  static Reply answer(CrmTable table, String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new HubSpotRefusal(400, "VALIDATION_ERROR", "The request body is too large");
    }
    JsonNode body = CrmApi.body(text, FIELDS);
    int limit = body.path("limit").asInt(10);
    int after = body.path("after").asInt(0);
    if (limit < 1 || limit > MOST_PER_PAGE) {
      throw new HubSpotRefusal(400, "VALIDATION_ERROR", "limit must be between 1 and 200");
    }
    if (after + limit > CEILING) {
      throw new HubSpotRefusal(
          400, "VALIDATION_ERROR", "The total number of results you can page through is 10,000");
    }
    if (body.path("filterGroups").size() > 5 || body.path("sorts").size() > 1) {
      throw new HubSpotRefusal(400, "VALIDATION_ERROR", "too many filter groups or sorts");
    }
    List<CrmObject> found = new ArrayList<>();
    for (CrmObject object : table.indexed()) {
      if (matches(table, body.path("filterGroups"), object)) {
        found.add(object);
      }
    }
    for (JsonNode sort : body.path("sorts")) {
      String property = sort.path("propertyName").asText();
      Comparator<CrmObject> order =
          Comparator.comparing(object -> number(value(table, property, object)));
      found.sort(
          sort.path("direction").asText("ASCENDING").equals("DESCENDING")
              ? order.reversed()
              : order);
    }
    int end = Math.min(found.size(), after + Math.min(limit, table.mostPerPage()));
    ObjectNode answer = MAPPER.createObjectNode().put("total", found.size());
    Set<String> names = CrmApi.names(table, body.path("properties"));
    var results = answer.putArray("results");
    found.subList(Math.min(after, end), end).stream()
        .map(object -> table.find(object.id()).orElse(object).json(names))
        .forEach(results::add);
    if (end < found.size()) {
      answer.putObject("paging").putObject("next").put("after", Integer.toString(end));
    }
    return Reply.json(200, answer.toString());
  }

  private static boolean matches(CrmTable table, JsonNode groups, CrmObject object) {
    for (JsonNode group : groups) {
      boolean all = true;
      for (JsonNode filter : group.path("filters")) {
        all &= matchesFilter(table, filter, object);
      }
      if (all) {
        return true;
      }
    }
    return groups.isEmpty();
  }

  private static boolean matchesFilter(CrmTable table, JsonNode filter, CrmObject object) {
    String property = filter.path("propertyName").asText();
    String actual = value(table, property, object);
    if (actual.isEmpty()) {
      return false;
    }
    int order = number(actual).compareTo(number(filter.path("value").asText()));
    return switch (filter.path("operator").asText()) {
      case "EQ" -> order == 0;
      case "LT" -> order < 0;
      case "LTE" -> order <= 0;
      case "GT" -> order > 0;
      case "GTE" -> order >= 0;
      case "BETWEEN" ->
          order >= 0 && number(actual).compareTo(number(filter.path("highValue").asText())) <= 0;
      default ->
          throw new HubSpotRefusal(400, "VALIDATION_ERROR", "no such operator here: " + filter);
    };
  }

  private static String value(CrmTable table, String property, CrmObject object) {
    if (!table.properties().containsKey(property)) {
      throw new HubSpotRefusal(
          400, "VALIDATION_ERROR", "There was a problem with the request: no property " + property);
    }
    return object.properties().getOrDefault(property, "");
  }

  /** Instants count in milliseconds. */
  private static BigDecimal number(String text) {
    return text.contains("T")
        ? BigDecimal.valueOf(OffsetDateTime.parse(text).toInstant().toEpochMilli())
        : new BigDecimal(text);
  }

  /** The names of all properties that a table has. */
  static Set<String> all(CrmTable table) {
    return new TreeSet<>(table.properties().keySet());
  }
}
