package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;

/** The function of a schedule: brings one pipeline up to date. */
public final class ScheduledSync {

  @Funq("scheduled-sync")
  public JsonNode run(JsonNode event) {
    return event;
  }
}
