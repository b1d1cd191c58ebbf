package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** One version of a resource; one without content says that it is deleted. */
record ResourceVersion(String id, int number, Instant at, Optional<ObjectNode> content) {

  boolean isDeletion() {
    return content.isEmpty();
  }
}
