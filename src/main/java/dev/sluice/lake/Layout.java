package dev.sluice.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layout of a table in the lake: where each of its objects is. It is a contract with those who
 * read the lake.
 */
record Layout(Destination destination) {
  private static final Pattern GENERATION = Pattern.compile("g=(\\d{6,9})/$");
  private static final Pattern BATCH = Pattern.compile("/(\\d{20})\\.[a-z.]+$");

  String current() {
    return destination.key() + "/current.json";
  }

  String schema() {
    return destination.key() + "/schema.json";
  }

  /**
   * Returns the key of the document that tells whether a snapshot has to be read again; of no use
   * to readers.
   */
  String completeRead() {
    return destination.key() + "/complete.json";
  }

  String flow(Flow flow) {
    return destination.key() + "/" + flow.folder() + "/";
  }

  /** Returns the path of a generation relative to the table's folder. */
  String relative(Flow flow, int generation) {
    return flow.folder() + "/g=%06d".formatted(generation);
  }

  String generation(Flow flow, int generation) {
    return destination.key() + "/" + relative(flow, generation) + "/";
  }

  /**
   * Returns the key of the document that says how the keys of a generation's microbatches end. It
   * is not in their folder, as readers may treat every file there as records.
   */
  String format(Flow flow, int generation) {
    return destination.key() + "/formats/" + relative(flow, generation);
  }

  /** Returns the folder of the offsets that a generation's objects and checkpoints refer to. */
  String offsets(Flow flow, int generation) {
    return destination.key() + "/offsets/" + relative(flow, generation) + "/";
  }

  /** Returns the key of a reading that objects and checkpoints refer to. */
  String reading(String name) {
    return destination.key() + "/readings/" + name + ".json";
  }

  /** Returns the key up to the dot of the extension. */
  String batch(Flow flow, int generation, long sequence) {
    return generation(flow, generation) + "%020d".formatted(sequence);
  }

  /** Returns the generation of this folder. */
  static OptionalInt generationOf(String folder) {
    Matcher matcher = GENERATION.matcher(folder);
    return matcher.find()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  static boolean isBatch(String key) {
    return BATCH.matcher(key).find();
  }

  static long sequenceOf(String key) {
    Matcher matcher = BATCH.matcher(key);
    if (!matcher.find()) {
      throw new IllegalArgumentException("Not the key of a microbatch: " + key);
    }
    return Long.parseLong(matcher.group(1));
  }
}
