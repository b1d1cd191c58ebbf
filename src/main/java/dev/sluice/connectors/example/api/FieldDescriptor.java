package dev.sluice.connectors.example.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;

/** A field of a table as the API describes it; only a struct has fields of its own. */
record FieldDescriptor(
    String name,
    String type,
    boolean nullable,
    @JsonInclude(Include.NON_EMPTY) List<FieldDescriptor> fields) {

  static FieldDescriptor key(String name) {
    return new FieldDescriptor(name, "string", false, List.of());
  }

  static FieldDescriptor nullable(String name, String type) {
    return new FieldDescriptor(name, type, true, List.of());
  }

  static FieldDescriptor struct(String name, FieldDescriptor... fields) {
    return new FieldDescriptor(name, "struct", true, List.of(fields));
  }
}
