package dev.sluice.runtime.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.util.Optional;

/**
 * A saved offset: everything before it is in the lake, in the microbatches 1 to {@code sequence} of
 * a generation.
 *
 * @param generation which life of the table's data, from 1
 * @param sequence the number of the last committed microbatch, 0 before the first
 * @param reading what the offset belongs to; absent in a checkpoint of an earlier release
 */
public record Checkpoint(int generation, long sequence, Offset offset, Optional<Reading> reading) {

  /** The checkpoint before the first microbatch of the first generation. */
  public static final Checkpoint START = beginningOf(1);

  private static final int VERSION = 1;

  public Checkpoint {
    if (generation < 1 || sequence < 0) {
      throw new IllegalArgumentException(
          "No checkpoint has generation %d and sequence %d".formatted(generation, sequence));
    }
  }

  public Checkpoint(int generation, long sequence, Offset offset) {
    this(generation, sequence, offset, Optional.empty());
  }

  public static Checkpoint beginningOf(int generation) {
    return new Checkpoint(generation, 0, Offset.START);
  }

  /** Returns a checkpoint further in the source, with no microbatch in between. */
  public Checkpoint moved(Offset end) {
    return new Checkpoint(generation, sequence, end, reading);
  }

  /** Returns the same place in this reading. */
  public Checkpoint in(Reading other) {
    return new Checkpoint(generation, sequence, offset, Optional.of(other));
  }

  /** Returns the same place, whatever is read there. */
  public Checkpoint withoutReading() {
    return new Checkpoint(generation, sequence, offset);
  }

  /** Returns the form in which every checkpoint store keeps it. */
  public String json() {
    ObjectNode json =
        JsonText.object()
            .put("version", VERSION)
            .put("generation", generation)
            .put("sequence", sequence)
            .putRawValue("offset", JsonText.raw(offset.json()));
    reading.ifPresent(known -> json.set("reading", known.tree()));
    return json.toString();
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} for anything else, and for a newer
   *     version: a checkpoint that is not understood is never treated as a missing one
   */
  public static Checkpoint parse(String json) {
    try {
      JsonNode tree = JsonText.read(json);
      int version = tree.path("version").asInt();
      if (version > VERSION) {
        throw unusable("it has version %d and this release knows %d".formatted(version, VERSION));
      }
      if (version == VERSION
          && tree.path("generation").isInt()
          && tree.path("sequence").isIntegralNumber()
          && tree.get("sequence").canConvertToLong()
          && tree.path("offset").isObject()) {
        return new Checkpoint(
            tree.get("generation").intValue(),
            tree.get("sequence").longValue(),
            Offset.parse(tree.get("offset").toString()),
            Optional.ofNullable(tree.get("reading")).map(Reading::parse));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw ConnectorException.configuration(message(damaged(json)), e);
    }
    throw unusable(damaged(json));
  }

  private static String damaged(String json) {
    return "it is damaged: " + json.strip();
  }

  /** Returns the error of every checkpoint store that finds a checkpoint which it cannot use. */
  public static ConnectorException unusable(String why) {
    return ConnectorException.configuration(message(why));
  }

  private static String message(String why) {
    return "The checkpoint cannot be used: %s. Restore it, run the release that wrote it, or begin again with 'state reset'"
        .formatted(why);
  }
}
