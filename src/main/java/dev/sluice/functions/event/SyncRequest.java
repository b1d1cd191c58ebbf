package dev.sluice.functions.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;
import java.util.List;

/**
 * The event of a schedule.
 *
 * @param tables by name in the order of their turns; all of the pipeline's when empty
 * @param resume how many times the run was resumed already
 */
public record SyncRequest(String pipeline, List<String> tables, int resume) {

  public SyncRequest {
    tables = List.copyOf(tables);
  }

  public static SyncRequest decode(JsonNode event) {
    var fields = EventFields.of(event, "The event");
    if (fields.has("detail-type")) {
      throw fields.error(
          "this is EventBridge's default event; give the schedule an input such as {\"pipeline\": \"acme-github\"}");
    }
    fields.allow("pipeline", "tables", "resume");
    return new SyncRequest(
        fields.name("pipeline"),
        fields.names("tables"),
        fields.number("resume", 0, Nudge.MOST_RESUMPTIONS).orElse(0));
  }

  public String json() {
    var json = JsonText.object().put("pipeline", pipeline);
    if (!tables.isEmpty()) {
      var list = json.putArray("tables");
      tables.forEach(list::add);
    }
    if (resume > 0) {
      json.put("resume", resume);
    }
    return json.toString();
  }
}
