package dev.sluice.connectors.hubspot;

import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Objects that look like HubSpot's. */
final class CrmFixture {
  static final String MODIFIED = "hs_lastmodifieddate";

  private static final long FIRST_ID = 5_100_000_001L;

  private CrmFixture() {}

  /** Types of properties, by name. */
  static Map<String, String> properties(String modified) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("hs_object_id", "number");
    properties.put("createdate", "datetime");
    properties.put(modified, "datetime");
    properties.put("name", "string");
    properties.put("phone", "phone_number");
    properties.put("stage", "enumeration");
    properties.put("amount", "number");
    properties.put("is_open", "bool");
    properties.put("due", "date");
    return properties;
  }

  static long id(int key) {
    return FIRST_ID + key;
  }

  static int key(CrmObject object) {
    return (int) (object.id() - FIRST_ID);
  }

  static CrmObject object(CrmTable table, RowSpec row) {
    var created = row.cursor().minus(Duration.ofDays(30));
    Map<String, String> properties = new TreeMap<>();
    properties.put("hs_object_id", Long.toString(id(row.key())));
    properties.put("createdate", CrmObject.text(created));
    properties.put(table.modified(), CrmObject.text(row.cursor()));
    properties.put("name", "Object %d, version %d".formatted(row.key(), row.version()));
    properties.put("amount", row.key() + "12.75");
    properties.put("due", "2026-03-31");
    if (row.key() % 3 != 0) {
      properties.put("phone", "+1 555 0100");
      properties.put("stage", "won");
      properties.put("is_open", "false");
    }
    return new CrmObject(id(row.key()), properties, created, row.cursor(), Optional.empty());
  }
}
