package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import java.util.List;
import java.util.stream.StreamSupport;

/** The properties of an object type, in HubSpot's order. */
record Properties(List<Property> all) {

  /** HubSpot refuses URLs of about 16,000 characters; proxies on the way may allow fewer. */
  private static final int MOST_IN_URL = 6_000;

  /** HubSpot refuses searches of more than 3,000 characters; filters use some of them. */
  private static final int MOST_IN_SEARCH = 2_400;

  private static final int AROUND_EACH = 3;

  static Properties of(ApiClient api, ObjectType type) {
    JsonNode answer = api.json(Request.get(Paths.PROPERTIES, type.name()));
    return new Properties(
        StreamSupport.stream(HubSpotResponses.results(answer, "properties").spliterator(), false)
            .map(
                property ->
                    new Property(
                        HubSpotResponses.required(property, "/name", "properties"),
                        Property.Type.named(property.path("type").asText())))
            .toList());
  }

  List<String> names() {
    return all.stream().map(Property::name).toList();
  }

  boolean fitIntoUrl() {
    return length() <= MOST_IN_URL;
  }

  boolean fitIntoSearch() {
    return length() <= MOST_IN_SEARCH;
  }

  private int length() {
    return all.stream().mapToInt(property -> property.name().length() + AROUND_EACH).sum();
  }
}
