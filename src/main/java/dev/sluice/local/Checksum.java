package dev.sluice.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.runtime.text.Sha256;

/** A field of a saved checkpoint that shows whether anything else in it has changed since. */
final class Checksum {
  private static final String FIELD = "checksum";

  private Checksum() {}

  /** Returns the checkpoint with its checksum as the last field. */
  static String addTo(String json) {
    ObjectNode checkpoint = read(json);
    return checkpoint.put(FIELD, Sha256.of(checkpoint.toString())).toString();
  }

  /**
   * Returns the checkpoint without its checksum. One of an earlier release has none.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when it is another's
   */
  static String removeFrom(String json) {
    ObjectNode checkpoint = read(json);
    JsonNode checksum = checkpoint.remove(FIELD);
    if (checksum != null && !checksum.asText().equals(Sha256.of(checkpoint.toString()))) {
      throw Checkpoint.unusable("its checksum shows that it was changed");
    }
    return checkpoint.toString();
  }

  private static ObjectNode read(String json) {
    try {
      if (JsonText.read(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw Checkpoint.unusable("it is damaged: " + json.strip());
    }
    throw Checkpoint.unusable("it is damaged: " + json.strip());
  }
}
