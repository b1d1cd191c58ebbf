package dev.sluice.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorApi;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Finds an error that the source reports in the body of a response with status 200. */
@ConnectorApi
@FunctionalInterface
public interface ErrorDetector {

  /**
   * Inspects a field of the response's outermost object.
   *
   * @param value parses the field's value when asked; the field may be the array of records, so
   *     look at the field's name first
   * @return what is wrong, or empty
   */
  Optional<String> error(String field, Supplier<JsonNode> value);

  /**
   * Returns whether a response with an error holds nothing else, so that it says what is wrong in
   * the fields that are named for errors.
   */
  default boolean isErrorWhole() {
    return false;
  }

  /**
   * Returns whether a response with an error says that it passes: the request is then repeated, as
   * one that is answered 503.
   *
   * @param response parses the response when asked
   */
  default boolean isPassing(Supplier<JsonNode> response) {
    return false;
  }

  /** Detects the same errors; those of a response that passes the test pass by themselves. */
  default ErrorDetector passingWhen(Predicate<JsonNode> test) {
    ErrorDetector errors = this;
    return new ErrorDetector() {
      @Override
      public Optional<String> error(String field, Supplier<JsonNode> value) {
        return errors.error(field, value);
      }

      @Override
      public boolean isErrorWhole() {
        return errors.isErrorWhole();
      }

      @Override
      public boolean isPassing(Supplier<JsonNode> response) {
        return test.test(response.get());
      }
    };
  }

  /** Detects nothing. */
  static ErrorDetector none() {
    return (field, value) -> Optional.empty();
  }

  /**
   * Detects a field that is present and not null, false, zero or empty, such as GraphQL's {@code
   * errors}.
   */
  static ErrorDetector field(String name) {
    return (field, value) -> {
      if (!field.equals(name)) {
        return Optional.empty();
      }
      JsonNode node = value.get();
      boolean says =
          node.isContainerNode() ? !node.isEmpty() : !node.asText("").isEmpty() && truthy(node);
      return says ? Optional.of("'%s' is %s".formatted(name, node)) : Optional.empty();
    };
  }

  private static boolean truthy(JsonNode node) {
    return node.isTextual() || node.asBoolean();
  }

  /**
   * Detects a field with a certain text that makes the whole response an error, such as FHIR's
   * {@code resourceType: OperationOutcome}.
   */
  static ErrorDetector fieldEquals(String name, String text) {
    return new ErrorDetector() {
      @Override
      public Optional<String> error(String field, Supplier<JsonNode> value) {
        return field.equals(name) && value.get().asText().equals(text)
            ? Optional.of("'%s' is '%s'".formatted(name, text))
            : Optional.empty();
      }

      @Override
      public boolean isErrorWhole() {
        return true;
      }
    };
  }
}
