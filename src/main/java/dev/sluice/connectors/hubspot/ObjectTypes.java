package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The object types of one account, HubSpot's and its own, and their properties. It asks HubSpot
 * once, when needed. It may be used from any thread.
 */
final class ObjectTypes {

  /** The ids of HubSpot's own types begin with this. */
  private static final String STANDARD_ID = "0-";

  private final ApiClient api;
  private final boolean withCustom;
  private final Map<String, Properties> properties = new HashMap<>();
  private Optional<List<ObjectType>> custom = Optional.empty();

  ObjectTypes(ApiClient api, String customObjects) {
    this.api = api;
    this.withCustom = customObjects.equals("listed");
  }

  List<ObjectType> all() {
    return Stream.concat(ObjectType.STANDARD.stream(), custom().stream()).toList();
  }

  ObjectType named(String name) {
    return find(ObjectType.STANDARD, name)
        .or(() -> find(customInPlaceOf(name), name))
        .orElseThrow(
            () ->
                ConnectorException.unknownTable(
                    name, all().stream().map(ObjectType::toString).toList()));
  }

  private List<ObjectType> customInPlaceOf(String name) {
    try {
      return custom();
    } catch (ConnectorException e) {
      throw e.isAccessDenied()
          ? e.at(
              "Table '%s' is none of %s"
                  .formatted(
                      name,
                      String.join(
                          ", ", ObjectType.STANDARD.stream().map(ObjectType::name).toList())))
          : e;
    }
  }

  private static Optional<ObjectType> find(List<ObjectType> types, String name) {
    return types.stream().filter(type -> type.name().equals(name)).findFirst();
  }

  synchronized Properties properties(ObjectType type) {
    return properties.computeIfAbsent(type.name(), none -> Properties.of(api, type));
  }

  private synchronized List<ObjectType> custom() {
    if (custom.isEmpty()) {
      custom = Optional.of(withCustom ? ask() : List.of());
    }
    return custom.get();
  }

  private List<ObjectType> ask() {
    JsonNode answer;
    try {
      answer = api.json(Request.get(Paths.SCHEMAS));
    } catch (ConnectorException e) {
      throw e.isAccessDenied()
          ? e.at(
              "The custom objects cannot be listed; grant the scope crm.schemas.custom.read, or set"
                  + " 'custom_objects: ignored'")
          : e;
    }
    List<ObjectType> types = new ArrayList<>();
    for (JsonNode schema : HubSpotResponses.results(answer, "schemas of custom objects")) {
      String id = HubSpotResponses.required(schema, "/objectTypeId", "schemas of custom objects");
      if (!id.startsWith(STANDARD_ID)) {
        types.add(ObjectType.custom(id, schema.path("name").asText(id)));
      }
    }
    return List.copyOf(types);
  }
}
