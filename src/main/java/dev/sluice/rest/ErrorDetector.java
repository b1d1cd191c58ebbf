package dev.sluice.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds an error that the source reports in the body of a response with status 200. */
@FunctionalInterface
public interface ErrorDetector {

  /**
   * Looks at a field of the response's outermost object.
   *
   * @param value parses the field's value when asked; ask by the field's name only
   * @return what is wrong, or empty
   */
  Optional<String> error(String field, Supplier<JsonNode> value);

  /** Sees no errors. */
  static ErrorDetector none() {
    return (field, value) -> Optional.empty();
  }

  /** A field that is there and not null, false or empty, such as GraphQL's {@code errors}. */
  static ErrorDetector field(String name) {
    return (field, value) -> Optional.empty();
  }

  /** A field with a certain text, such as FHIR's {@code resourceType: OperationOutcome}. */
  static ErrorDetector fieldEquals(String name, String text) {
    return (field, value) -> Optional.empty();
  }
}
