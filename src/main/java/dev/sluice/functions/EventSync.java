package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;

/** The function of a queue: brings the tables up to date that somebody was nudged about. */
public final class EventSync {

  @Funq("event-sync")
  public JsonNode run(JsonNode event) {
    return event;
  }
}
