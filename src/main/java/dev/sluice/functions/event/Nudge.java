package dev.sluice.functions.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.BatchOptions;
import java.time.Instant;
import java.util.Optional;

/**
 * A message that says that a table has new data, and asks for a sync that starts after it. It names
 * what the deployment knows already, and carries neither secrets nor destinations.
 *
 * @param table its name in the lake, or in the source
 * @param maxRecords the number of records per batch, in place of the pipeline's
 * @param resume how many times the sync was resumed already
 * @param notBefore the earliest instant for the sync
 */
public record Nudge(
    String pipeline,
    String table,
    Optional<Integer> maxRecords,
    int resume,
    Optional<Instant> notBefore) {

  public static final int MOST_RESUMPTIONS = 10_000;

  static Nudge decode(JsonNode node, String place) {
    var fields = EventFields.of(node, place);
    fields.allow("pipeline", "table", "options", "resume", "not_before");
    return new Nudge(
        fields.name("pipeline"),
        fields.name("table"),
        maxRecords(fields.fields("options")),
        fields.number("resume", 0, MOST_RESUMPTIONS).orElse(0),
        fields.instant("not_before"));
  }

  private static Optional<Integer> maxRecords(EventFields options) {
    String allowed = BatchOptions.MAX_RECORDS.name();
    for (String name : options.keys()) {
      if (!name.equals(allowed)) {
        throw options.error(
            "option '%s' is not for events; the only one is %s, all others belong in the pipeline file"
                .formatted(UntrustedText.excerpt(name), allowed));
      }
    }
    return options.number(allowed, 1, Integer.MAX_VALUE);
  }

  public String json() {
    var json = JsonText.object().put("pipeline", pipeline).put("table", table);
    maxRecords.ifPresent(
        number -> json.putObject("options").put(BatchOptions.MAX_RECORDS.name(), number));
    if (resume > 0) {
      json.put("resume", resume);
    }
    notBefore.ifPresent(instant -> json.put("not_before", instant.toString()));
    return json.toString();
  }
}
