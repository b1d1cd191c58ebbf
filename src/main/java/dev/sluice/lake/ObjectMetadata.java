package dev.sluice.lake;

import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes and reads a microbatch's metadata as the metadata of its object. */
final class ObjectMetadata {
  private static final String KIND = "kind";
  private static final String RUN_ID = "run-id";
  private static final String RECORDS = "records";
  private static final String CONTENT = "content";

  /**
   * The place of the end offset. Metadata may have 2 KB, names included; the reading has a fourth,
   * and everything else is less than 400 bytes.
   */
  private static final OffsetPlacement END =
      new OffsetPlacement("end-offset", "end-offset-object", 1024);

  private static final OffsetPlacement READING =
      new OffsetPlacement("reading", "reading-object", 512);

  private ObjectMetadata() {}

  /**
   * Writes the metadata of a microbatch.
   *
   * @param keep keeps an offset that is too large for metadata, and returns its name
   * @param keepReading keeps a reading that is
   */
  static Map<String, String> write(
      BatchMetadata batch, Function<Offset, String> keep, Function<Reading, String> keepReading) {
    var metadata = new HashMap<String, String>();
    metadata.put(KIND, label(batch.kind()));
    metadata.put(RUN_ID, batch.runId());
    metadata.put(RECORDS, Long.toString(batch.records()));
    batch.content().ifPresent(content -> metadata.put(CONTENT, content.text()));
    var end = END.place(AsciiJson.of(batch.end().json()), () -> keep.apply(batch.end()));
    metadata.put(end.name(), end.value());
    batch
        .reading()
        .map(
            reading ->
                READING.place(AsciiJson.of(reading.json()), () -> keepReading.apply(reading)))
        .ifPresent(reading -> metadata.put(reading.name(), reading.value()));
    return metadata;
  }

  /** Tells whether it is a seal, even when its offset is gone. */
  static boolean isSeal(StoredObject object) {
    return label(Kind.SEAL).equals(object.metadata().get(KIND));
  }

  private static String label(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param find returns the offset that was kept under a name
   * @param findReading returns the reading that was
   * @throws ConnectorException of kind {@code CONFIGURATION} when it is damaged
   */
  static BatchMetadata read(
      StoredObject object, Function<String, Offset> find, Function<String, Reading> findReading) {
    try {
      return new BatchMetadata(
          Kind.valueOf(value(object, KIND).toUpperCase(Locale.ROOT)),
          END.isBeside(object.metadata())
              ? find.apply(value(object, END.beside()))
              : Offset.parse(value(object, END.inline())),
          value(object, RUN_ID),
          Long.parseLong(value(object, RECORDS)),
          Optional.ofNullable(object.metadata().get(CONTENT)).map(SnapshotDigest::parse),
          reading(object, findReading));
    } catch (IllegalArgumentException e) {
      throw ConnectorException.configuration(
          "The metadata of object %s is damaged: %s".formatted(object.key(), e.getMessage()), e);
    }
  }

  private static Optional<Reading> reading(
      StoredObject object, Function<String, Reading> findReading) {
    return READING.isBeside(object.metadata())
        ? Optional.of(findReading.apply(value(object, READING.beside())))
        : Optional.ofNullable(object.metadata().get(READING.inline())).map(Reading::parse);
  }

  private static String value(StoredObject object, String name) {
    return Optional.ofNullable(object.metadata().get(name))
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }
}
