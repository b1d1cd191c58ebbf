package dev.sluice.runtime.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;

/**
 * The end of the last complete read of a snapshot, kept with the snapshot to ask the source later
 * whether it has changed. It means nothing any more once the next read has begun.
 *
 * @param following the generation that begins with the next read
 * @param asked a fingerprint of what was read: the table, its options and its schema
 * @param end the generation that readers read since then, and the offset that the read ended at
 */
public record CompleteRead(int following, String asked, Checkpoint end) {

  /** Returns the document that is kept. */
  public String json() {
    return JsonText.object()
        .put("following", following)
        .put("asked", asked)
        .putRawValue("end", JsonText.raw(end.json()))
        .toString();
  }

  /** Reads what {@link #json} wrote; empty for anything else: if in doubt, the source is read. */
  public static Optional<CompleteRead> parse(String json) {
    try {
      JsonNode tree = JsonText.read(json);
      return Optional.of(
          new CompleteRead(
              tree.path("following").asInt(),
              tree.path("asked").asText(),
              Checkpoint.parse(tree.path("end").toString())));
    } catch (JsonProcessingException | ConnectorException e) {
      return Optional.empty();
    }
  }
}
