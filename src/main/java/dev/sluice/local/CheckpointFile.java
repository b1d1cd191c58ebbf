package dev.sluice.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.lake.OffsetPlacement;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.Offset;

/**
 * The form of a flow's checkpoint in a file: its JSON, where a large offset is a reference to its
 * object, and a checksum that shows whether anything in it has changed since.
 */
record CheckpointFile(OffsetObjects offsets, Destination destination, Flow flow) {
  private static final String CHECKSUM = "checksum";
  private static final OffsetPlacement OFFSET =
      new OffsetPlacement("offset", "offset_object", 4 << 10);

  String write(Checkpoint checkpoint) {
    Offset offset = checkpoint.offset();
    var placed =
        OFFSET.place(
            offset.json(), () -> offsets.keep(destination, flow, checkpoint.generation(), offset));
    ObjectNode json;
    if (placed.name().equals(OFFSET.beside())) {
      json = tree(checkpoint.moved(Offset.START).json());
      json.remove(OFFSET.inline());
      json.put(OFFSET.beside(), placed.value());
    } else {
      json = tree(checkpoint.json());
    }
    return json.put(CHECKSUM, Sha256.of(json.toString())).toString();
  }

  /**
   * Reads what {@link #write} wrote. A checkpoint of an earlier release has its offset inline and
   * no checksum.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} for anything else
   */
  Checkpoint read(String text) {
    ObjectNode json = tree(text);
    JsonNode checksum = json.remove(CHECKSUM);
    if (checksum != null && !checksum.asText().equals(Sha256.of(json.toString()))) {
      throw Checkpoint.unusable("its checksum shows that it was changed");
    }
    JsonNode reference = json.remove(OFFSET.beside());
    if (reference == null) {
      return Checkpoint.parse(json.toString());
    }
    json.putObject(OFFSET.inline());
    Checkpoint start = Checkpoint.parse(json.toString());
    return start.moved(offsets.find(destination, flow, start.generation(), reference.asText()));
  }

  private static ObjectNode tree(String text) {
    try {
      if (JsonText.read(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw Checkpoint.unusable("it is damaged: " + text.strip());
    }
    throw Checkpoint.unusable("it is damaged: " + text.strip());
  }
}
