package dev.sluice.connectors.hubspot;

import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.TableMetadata;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A type of CRM objects, which is a table.
 *
 * @param name as in paths: {@code contacts}, or a custom object's {@code objectTypeId}
 * @param label what people call it
 * @param modified the property that says when an object changed
 * @param associations the types whose associated records are added unless an option says otherwise
 */
record ObjectType(String name, String label, String modified, List<String> associations) {
  private static final String MODIFIED = "hs_lastmodifieddate";

  /**
   * Describes how every type is ingested, unless an option says that its deletes are not wanted.
   */
  static final TableMetadata METADATA =
      TableMetadata.cdcWithDeletes(PrimaryKey.of("id"), "updatedAt");

  /**
   * Matches the {@code objectTypeId} of an account's own type; that of HubSpot's types begins with
   * 0.
   */
  static final Pattern CUSTOM = Pattern.compile("(?!0-)[0-9]+-[0-9]+");

  static final List<ObjectType> STANDARD =
      List.of(
          new ObjectType("contacts", "contacts", "lastmodifieddate", List.of("companies")),
          standard("companies", "contacts"),
          standard("deals", "contacts", "companies", "tickets"),
          standard("tickets", "contacts", "companies", "deals"),
          activity("calls"),
          activity("emails"),
          activity("meetings"),
          activity("tasks"),
          activity("notes"));

  private static ObjectType standard(String name, String... associations) {
    return new ObjectType(name, name, MODIFIED, List.of(associations));
  }

  private static ObjectType activity(String name) {
    return standard(name, "contacts", "companies", "deals", "tickets");
  }

  /** Returns the field of a record that has that property. */
  String modifiedField() {
    return "properties." + modified;
  }

  static ObjectType custom(String objectTypeId, String label) {
    return new ObjectType(objectTypeId, label, MODIFIED, List.of());
  }

  /** Returns the name, with its label where that says more. */
  @Override
  public String toString() {
    return name.equals(label) ? name : name + " (" + label + ")";
  }
}
