package dev.sluice.connectors.hubspot;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An object of the CRM.
 *
 * @param properties by name, as text; what is not there is null
 * @param updatedAt the record's own, which the property that searches look at may differ from
 */
record CrmObject(
    long id,
    Map<String, String> properties,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> archivedAt) {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  CrmObject {
    properties = Map.copyOf(properties);
  }

  static String text(Instant instant) {
    return MILLIS.format(instant);
  }

  CrmObject archived(Instant at) {
    return new CrmObject(id, properties, createdAt, updatedAt, Optional.of(at));
  }

  CrmObject with(String property, String value) {
    Map<String, String> changed = new TreeMap<>(properties);
    changed.put(property, value);
    return new CrmObject(id, changed, createdAt, updatedAt, archivedAt);
  }

  CrmObject updatedAt(Instant instant) {
    return new CrmObject(id, properties, createdAt, instant, archivedAt);
  }

  CrmObject without(Collection<String> names) {
    Map<String, String> changed = new TreeMap<>(properties);
    changed.keySet().removeAll(names);
    return new CrmObject(id, changed, createdAt, updatedAt, archivedAt);
  }

  /** With the properties that are asked for, those without a value as null. */
  ObjectNode json(Collection<String> names) {
    ObjectNode json = MAPPER.createObjectNode().put("id", Long.toString(id));
    ObjectNode values = json.putObject("properties");
    for (String name : new TreeSet<>(names)) {
      values.put(name, properties.get(name));
    }
    json.put("createdAt", text(createdAt)).put("updatedAt", text(updatedAt));
    json.put("archived", archivedAt.isPresent());
    archivedAt.ifPresent(at -> json.put("archivedAt", text(at)));
    return json;
  }
}
