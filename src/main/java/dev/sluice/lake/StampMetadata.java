package dev.sluice.lake;

import dev.sluice.runtime.BatchStamp;
import dev.sluice.runtime.BatchStamp.Kind;
import dev.sluice.runtime.Content;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A microbatch's stamp as the metadata of its object. */
final class StampMetadata {
  private static final String KIND = "kind";
  private static final String END_OFFSET = "end-offset";
  private static final String RUN_ID = "run-id";
  private static final String RECORDS = "records";
  private static final String CONTENT = "content";

  private StampMetadata() {}

  static Map<String, String> write(BatchStamp stamp) {
    var metadata = new HashMap<String, String>();
    metadata.put(KIND, stamp.kind().name().toLowerCase(Locale.ROOT));
    metadata.put(END_OFFSET, stamp.end().json());
    metadata.put(RUN_ID, stamp.runId());
    metadata.put(RECORDS, Long.toString(stamp.records()));
    stamp.content().ifPresent(content -> metadata.put(CONTENT, content.text()));
    return metadata;
  }

  static BatchStamp read(StoredObject object) {
    try {
      return new BatchStamp(
          Kind.valueOf(value(object, KIND).toUpperCase(Locale.ROOT)),
          Offset.parse(value(object, END_OFFSET)),
          value(object, RUN_ID),
          Long.parseLong(value(object, RECORDS)),
          Optional.ofNullable(object.metadata().get(CONTENT)).map(Content::parse));
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
