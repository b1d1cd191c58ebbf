package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.rest.strategy.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A search for the objects that were changed within a window, by their ids.
 *
 * <p>It does not sort by time or count pages. HubSpot sorts by one property only and gives no page
 * after 10,000 results. Its pages are numbers: a record that changes again and leaves the window
 * moves another one across the edge of a page. Ids do not change.
 */
record ObjectSearch(ObjectType type, TimeWindow window, Optional<String> afterId) {
  static final String ID = "hs_object_id";
  static final int MOST_PER_PAGE = 200;

  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * Returns the body of the request.
   *
   * @param after the {@code next} of an empty page
   */
  String body(List<String> properties, Optional<String> after) {
    ObjectNode body = MAPPER.createObjectNode();
    ArrayNode filters = body.putArray("filterGroups").addObject().putArray("filters");
    window.from().ifPresent(from -> filter(filters, type.modified(), "GTE", millis(from)));
    filter(filters, type.modified(), "LT", millis(window.until()));
    afterId.ifPresent(id -> filter(filters, ID, "GT", id));
    body.putArray("sorts").addObject().put("propertyName", ID).put("direction", "ASCENDING");
    ArrayNode names = body.putArray("properties");
    properties.forEach(names::add);
    after.ifPresent(token -> body.put("after", token));
    return body.toString();
  }

  private static void filter(ArrayNode filters, String property, String operator, String value) {
    filters.addObject().put("propertyName", property).put("operator", operator).put("value", value);
  }

  private static String millis(Instant instant) {
    return Long.toString(instant.toEpochMilli());
  }
}
