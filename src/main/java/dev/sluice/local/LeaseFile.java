package dev.sluice.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The file that says which run holds a table. */
record LeaseFile(String runId, Instant until, ProcessId process) {

  /** Tells whether another run must stay away: a lease ends by the clock, and with its process. */
  boolean isHeldAgainst(String other, Instant now) {
    return !runId.equals(other) && until.isAfter(now) && !process.isGone();
  }

  LeaseFile endedAt(Instant now) {
    return new LeaseFile(runId, now, process);
  }

  String json() {
    return JsonText.object()
        .put("run_id", runId)
        .put("until", until.toString())
        .put("process", process.toString())
        .toString();
  }

  /**
   * Reads a lease; empty for a damaged file: a lease only saves work, and must not keep a table
   * locked.
   */
  static Optional<LeaseFile> parse(String json) {
    try {
      JsonNode tree = JsonText.read(json);
      return Optional.of(
          new LeaseFile(
              tree.path("run_id").asText(),
              Instant.parse(tree.path("until").asText()),
              ProcessId.parse(tree.path("process").asText())));
    } catch (JsonProcessingException | DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
