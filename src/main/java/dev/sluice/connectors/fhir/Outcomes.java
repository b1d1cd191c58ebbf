package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * The messages that a server sends about a search beside its matches. An error ends the read, as
 * matches may be missing; anything less is a warning, given once. An error that passes by itself is
 * one that the request is repeated for.
 */
final class Outcomes {
  static final String RESOURCE_TYPE = "OperationOutcome";

  /** The codes that FHIR groups as transient. */
  private static final Set<String> PASSING =
      Set.of(
          "transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled");

  private static final Set<String> PARTIAL = Set.of("incomplete", "timeout");
  private static final Set<String> ERRORS = Set.of("error", "fatal");

  private static final String TYPE = "resource.resourceType";
  private static final Set<String> ACCOMPANYING = Set.of("include", "outcome");

  private final Consumer<String> warnings;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  Outcomes(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /**
   * Accepts the entries that were searched for: neither outcomes nor resources that accompany a
   * match. An entry that is none of them and holds no resource of the type is an error.
   */
  Predicate<SourceRecord> andMatchesOf(String resourceType) {
    return entry -> {
      if (!isNoOutcome(entry) || ACCOMPANYING.contains(entry.text("search.mode").orElse(""))) {
        return false;
      }
      Optional<String> type = entry.text(TYPE);
      if (type.equals(Optional.of(resourceType))) {
        return true;
      }
      throw ConnectorException.protocol(
          "an entry of the %s that were searched for, '%s', holds %s"
              .formatted(
                  resourceType,
                  entry.text("fullUrl").orElse("without fullUrl"),
                  type.map("a %s"::formatted).orElse("no resource that says its type")));
    };
  }

  /** Accepts every entry that is no outcome. */
  Predicate<SourceRecord> andAll() {
    return this::isNoOutcome;
  }

  private boolean isNoOutcome(SourceRecord entry) {
    if (!entry.text(TYPE).equals(Optional.of(RESOURCE_TYPE))) {
      return true;
    }
    JsonNode outcome = entry.tree().path("resource");
    List<JsonNode> errors = errors(outcome);
    if (!errors.isEmpty()) {
      String message = String.join("; ", errors.stream().map(Outcomes::message).toList());
      throw isPassing(outcome)
          ? ConnectorException.transientFailure(message)
          : ConnectorException.protocol(message);
    }
    for (JsonNode issue : outcome.path("issue")) {
      if (said.add(message(issue))) {
        warnings.accept(message(issue));
      }
    }
    return false;
  }

  /** Returns whether all that an outcome calls an error, or without an error all of it, passes. */
  static boolean isPassing(JsonNode outcome) {
    List<JsonNode> errors = errors(outcome);
    List<JsonNode> issues = errors.isEmpty() ? issues(outcome) : errors;
    return !issues.isEmpty()
        && issues.stream().allMatch(issue -> PASSING.contains(issue.path("code").asText()));
  }

  /** Returns the issues after which matches may be missing, whatever the server calls them. */
  private static List<JsonNode> errors(JsonNode outcome) {
    return issues(outcome).stream()
        .filter(
            issue ->
                ERRORS.contains(issue.path("severity").asText())
                    || PARTIAL.contains(issue.path("code").asText()))
        .toList();
  }

  private static List<JsonNode> issues(JsonNode outcome) {
    return StreamSupport.stream(outcome.path("issue").spliterator(), false).toList();
  }

  private static String message(JsonNode issue) {
    return "OperationOutcome, %s: %s".formatted(issue.path("severity").asText(), text(issue));
  }

  private static String text(JsonNode issue) {
    List<String> parts = new ArrayList<>();
    for (JsonNode part :
        List.of(
            issue.path("code"), issue.path("details").path("text"), issue.path("diagnostics"))) {
      if (!part.asText().isBlank()) {
        parts.add(part.asText());
      }
    }
    return String.join(", ", parts);
  }
}
