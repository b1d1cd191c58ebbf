package dev.sluice.lake;

import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A microbatch's stamp as the metadata of its object. */
final class ObjectMetadata {
  private static final String KIND = "kind";
  private static final String END_OFFSET = "end-offset";
  private static final String END_OFFSET_OBJECT = "end-offset-object";
  private static final String RUN_ID = "run-id";
  private static final String RECORDS = "records";
  private static final String CONTENT = "content";

  /**
   * Metadata may have 2 KB, names included. Everything else is less than 400 bytes, and what is
   * left is room for what may be added.
   */
  private static final int LONGEST_OFFSET = 1024;

  private ObjectMetadata() {}

  /** Keeps offsets that are too large for metadata, and knows them again by the name it gives. */
  interface LargeOffsets {
    String keep(Offset offset);

    Offset find(String name);
  }

  static Map<String, String> write(BatchMetadata stamp, LargeOffsets large) {
    var metadata = new HashMap<String, String>();
    metadata.put(KIND, label(stamp.kind()));
    metadata.put(RUN_ID, stamp.runId());
    metadata.put(RECORDS, Long.toString(stamp.records()));
    stamp.content().ifPresent(content -> metadata.put(CONTENT, content.text()));
    String end = AsciiJson.of(stamp.end());
    if (end.length() <= LONGEST_OFFSET) {
      metadata.put(END_OFFSET, end);
    } else {
      metadata.put(END_OFFSET_OBJECT, large.keep(stamp.end()));
    }
    return metadata;
  }

  /** Whether it is a seal, even when its offset is gone. */
  static boolean isSeal(StoredObject object) {
    return label(Kind.SEAL).equals(object.metadata().get(KIND));
  }

  private static String label(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static BatchMetadata read(StoredObject object, LargeOffsets large) {
    try {
      return new BatchMetadata(
          Kind.valueOf(value(object, KIND).toUpperCase(Locale.ROOT)),
          Optional.ofNullable(object.metadata().get(END_OFFSET_OBJECT))
              .map(large::find)
              .orElseGet(() -> Offset.parse(value(object, END_OFFSET))),
          value(object, RUN_ID),
          Long.parseLong(value(object, RECORDS)),
          Optional.ofNullable(object.metadata().get(CONTENT)).map(SnapshotDigest::parse));
    } catch (IllegalArgumentException e) {
      throw ConnectorException.configuration(
          "The metadata of object %s is damaged: %s".formatted(object.key(), e.getMessage()), e);
    }
  }

  private static String value(StoredObject object, String name) {
    return Optional.ofNullable(object.metadata().get(name))
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
  }
}
