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

/**
 * The messages that a server sends about a search beside its matches. An error ends the read, as
 * matches may be missing; anything less is a warning, given once.
 */
final class Outcomes {
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
    if (!entry.text(TYPE).equals(Optional.of("OperationOutcome"))) {
      return true;
    }
    for (JsonNode issue : entry.tree().path("resource").path("issue")) {
      String severity = issue.path("severity").asText();
      String message = "OperationOutcome, %s: %s".formatted(severity, text(issue));
      if (severity.equals("error") || severity.equals("fatal")) {
        throw ConnectorException.protocol(message);
      }
      if (said.add(message)) {
        warnings.accept(message);
      }
    }
    return false;
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
