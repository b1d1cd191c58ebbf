package dev.sluice.connectors.example.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The description of a table before it has rows. The first field is the primary key. */
record TableDefinition(
    String name,
    List<FieldDescriptor> fields,
    Optional<String> cursor,
    Set<String> parameters,
    int pageSize,
    Set<Trait> traits) {

  /** The traits by which tables differ. */
  enum Trait {
    /** It is neither listed nor described, but its records can be read and written. */
    HIDDEN,
    /** Its metadata does not include the primary key. */
    KEY_UNTOLD,
    /** Its records can be deleted, and leave tombstones that can be read. */
    DELETABLE
  }

  private static final Set<String> TOMBSTONE_PARAMETERS = Set.of("since", "page");

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  String key() {
    return fields.getFirst().name();
  }

  /** Returns the field that the rows are sorted by. */
  String sortField() {
    return cursor.orElse(key());
  }

  RowQuery query(Map<String, String> parameters) {
    return RowQuery.parse(parameters, this.parameters, fields);
  }

  RowQuery tombstoneQuery(Map<String, String> parameters) {
    if (!is(Trait.DELETABLE)) {
      throw RefusedRequest.badRequest("Table '" + name + "' has no deleted records");
    }
    return RowQuery.parse(parameters, TOMBSTONE_PARAMETERS, List.of());
  }

  /** Returns the response to a request for metadata. */
  Map<String, Object> metadata() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    if (!is(Trait.KEY_UNTOLD)) {
      metadata.put("primary_keys", List.of(key()));
    }
    cursor.ifPresent(field -> metadata.put("cursor_field", field));
    return metadata;
  }
}
