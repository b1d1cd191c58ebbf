package dev.sluice.connectors.example.api;

import dev.sluice.spi.SourceRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A query for some rows of a table. Bounds are compared as text, which is right for timestamps of
 * one format: {@code since} is exclusive, {@code until} inclusive. Pages count from 1.
 */
record RowQuery(
    Optional<String> since,
    Optional<String> until,
    Map<String, String> filters,
    int page,
    Optional<Integer> limit) {

  /** Reads the query. A parameter named like a field asks for its exact value. */
  static RowQuery parse(
      Map<String, String> parameters, Set<String> allowed, List<FieldDescriptor> fields) {
    Set<String> unsupported = new TreeSet<>(parameters.keySet());
    unsupported.removeAll(allowed);
    if (!unsupported.isEmpty()) {
      throw RefusedRequest.badRequest(
          "Unsupported query parameters: "
              + String.join(", ", unsupported)
              + "; supported: "
              + String.join(", ", new TreeSet<>(allowed)));
    }
    Map<String, String> filters = new TreeMap<>(parameters);
    filters.keySet().retainAll(fields.stream().map(FieldDescriptor::name).toList());
    return new RowQuery(
        Optional.ofNullable(parameters.get("since")),
        Optional.ofNullable(parameters.get("until")),
        filters,
        positive(parameters, "page").orElse(1),
        positive(parameters, "limit"));
  }

  private static Optional<Integer> positive(Map<String, String> parameters, String name) {
    Optional<String> text = Optional.ofNullable(parameters.get(name));
    try {
      Optional<Integer> number = text.map(Integer::valueOf);
      if (number.isEmpty() || number.get() >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // rejected below, like a number that is too small
    }
    throw RefusedRequest.badRequest(
        "Query parameter '%s' must be a whole number from 1: '%s'"
            .formatted(name, text.orElseThrow()));
  }

  /** Returns whether it asks for a record that is sorted by the given value. */
  boolean matches(String sortValue, SourceRecord record) {
    return since.map(bound -> sortValue.compareTo(bound) > 0).orElse(true)
        && until.map(bound -> sortValue.compareTo(bound) <= 0).orElse(true)
        && filters.entrySet().stream()
            .allMatch(
                filter ->
                    record.text(filter.getKey()).filter(filter.getValue()::equals).isPresent());
  }
}
